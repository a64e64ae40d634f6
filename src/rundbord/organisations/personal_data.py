"""What this room keeps about people: nothing. An organisation's own phone and mailbox are public."""

from rundbord.kernel.personal import not_personal

DECLARED = {
    "OrganisationKind": not_personal("code rank names"),
    "Organisation": not_personal(
        "id parent kind name slug phone phone_hours email about services takes_wishes active created_at"
    ),
    "AreaServed": not_personal("id organisation place"),
    "OrganisationSetting": not_personal("id organisation key value"),
}
