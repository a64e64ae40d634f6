// Small helps where groups are found. Everything works without them.
(() => {
  "use strict";

  // Near me: the nearest municipality is found here on the phone; where it is, nobody is told.
  const near = document.querySelector("[data-near]");
  if (near && navigator.geolocation) {
    const field = document.getElementById(near.dataset.near);
    const says = document.querySelector("[data-near-says]");
    const say = (words) => { says.textContent = words; };

    const nearest = (seats, { latitude, longitude }) => {
      const narrow = Math.cos((latitude * Math.PI) / 180); // a degree of longitude beside one of latitude
      const away = ([, lat, lon]) => (lat - latitude) ** 2 + ((lon - longitude) * narrow) ** 2;
      return seats.reduce((best, seat) => (away(seat) < away(best) ? seat : best));
    };
    const found = async ({ coords }) => {
      try {
        const seats = await (await fetch(near.dataset.seats)).json();
        field.value = nearest(seats, coords)[0];
        say(near.dataset.found.replace("{place}", field.value));
      } catch {
        say(near.dataset.failed);
      }
    };
    near.hidden = false;
    near.addEventListener("click", () => {
      say(near.dataset.looking);
      navigator.geolocation.getCurrentPosition(found, () => say(near.dataset.failed), {
        maximumAge: 600000,
        timeout: 15000,
      });
    });
  }

  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    // Only the address: a title or a text would say more than the sender may want.
    button.addEventListener("click", () => navigator.share({ url: button.dataset.share }).catch(() => {}));
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
