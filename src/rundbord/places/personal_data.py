"""Places are public geography: nothing here is about a person."""

from rundbord.kernel.personal import not_personal

DECLARED = {
    "Place": not_personal(
        "code kind name label also_named county_code county_name parent seat lat lon x y search"
    ),
    "PostalCode": not_personal("code town place lat lon x y search"),
    "Outline": not_personal("code polygons fingerprint"),
}
