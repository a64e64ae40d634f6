// A map that can be come nearer to and moved. Without this script the whole map stands still, and its links work.
(() => {
  "use strict";

  const map = document.getElementById("map");
  const svg = map?.querySelector(":scope > svg");
  const tools = map?.querySelector("[data-map-tools]");
  if (!svg || !tools) return;

  const NEAREST = 8;
  const STEP = 2;
  const SLACK = 6; // pixels: a hand that shakes still clicks
  const { width: wide, height: high } = svg.viewBox.baseVal;
  const view = { x: 0, y: 0, times: 1 };
  const within = (least, number, most) => Math.min(Math.max(number, least), most);
  const button = (name) => tools.querySelector(`[data-map-${name}]`);

  // Dots, names and lines grow less than the land does, so that what lies close comes apart.
  const resize = () => {
    const size = view.times ** -0.8;
    const about = (x, y) => `translate(${x * (1 - size)} ${y * (1 - size)}) scale(${size})`;
    for (const dot of svg.querySelectorAll("circle")) {
      dot.setAttribute("transform", about(dot.getAttribute("cx"), dot.getAttribute("cy")));
    }
    for (const name of svg.querySelectorAll("text")) {
      name.setAttribute("transform", about(...name.dataset.dot.split(" ")));
    }
    for (const line of svg.querySelectorAll("[data-line]")) {
      line.setAttribute("stroke-width", line.dataset.line * size);
    }
  };

  const show = (x, y, times = view.times) => {
    const resized = times !== view.times;
    view.times = times;
    view.x = within(0, x, wide - wide / times);
    view.y = within(0, y, high - high / times);
    svg.setAttribute("viewBox", [view.x, view.y, wide / times, high / times].join(" "));
    if (!resized) return;
    resize();
    button("in").setAttribute("aria-disabled", times >= NEAREST);
    for (const name of ["out", "whole"]) button(name).setAttribute("aria-disabled", times <= 1);
  };

  // Where in the land a place on the screen is.
  const land = ({ x, y }) => new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());

  // That place in the land under this place on the screen, so many times as large.
  const hold = (place, screen, times) => {
    const now = land(screen);
    const share = view.times / times;
    show(place.x - (now.x - view.x) * share, place.y - (now.y - view.y) * share, times);
  };

  const middle = () => ({ x: view.x + wide / view.times / 2, y: view.y + high / view.times / 2 });
  const centre = (dot) => ({ x: Number(dot.getAttribute("cx")), y: Number(dot.getAttribute("cy")) });
  const seen = ({ x, y }) =>
    x > view.x && x < view.x + wide / view.times && y > view.y && y < view.y + high / view.times;

  // What a button comes nearer to: where one is, or the dot nearest the middle. Else it might be the open sea.
  const worth = () => {
    const { x, y } = middle();
    const away = (dot) => Math.hypot(dot.x - x, dot.y - y);
    const of = (kind) => [...svg.querySelectorAll(kind)].map(centre).filter(seen);
    return [...of(".rb-map-here"), ...of(".rb-map-dot").sort((a, b) => away(a) - away(b))][0] ?? { x, y };
  };

  const nearer = (factor, place = middle()) => {
    const times = within(1, view.times * factor, NEAREST);
    const share = view.times / times;
    show(place.x - (place.x - view.x) * share, place.y - (place.y - view.y) * share, times);
  };

  const says = tools.querySelector("[data-map-says]");
  const tell = () => {
    const percent = Math.round(view.times * 100);
    says.textContent = view.times > 1 ? says.dataset.near.replace("{percent}", percent) : says.dataset.whole;
  };
  const deeds = { in: () => nearer(STEP, worth()), out: () => nearer(1 / STEP), whole: () => show(0, 0, 1) };
  for (const [name, deed] of Object.entries(deeds)) {
    button(name).addEventListener("click", () => { deed(); tell(); });
  }

  // Keys, when the map itself has the focus; the whole map leaves the arrows to the page.
  const KEYS = { "+": deeds.in, "-": deeds.out, 0: deeds.whole };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  svg.addEventListener("keydown", (event) => {
    if (event.target !== svg || event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = view.times > 1 && ARROWS[event.key];
    if (arrow) {
      const step = wide / view.times / 5;
      show(view.x + arrow[0] * step, view.y + arrow[1] * step);
    } else if (KEYS[event.key]) {
      KEYS[event.key]();
      tell();
    } else return;
    event.preventDefault();
  });

  // A dot that gets the focus outside what is shown comes into sight.
  svg.addEventListener("focusin", ({ target }) => {
    const dot = target === svg ? null : target.querySelector("circle");
    if (!dot) return;
    const { x, y } = centre(dot);
    if (!seen({ x, y })) show(x - wide / view.times / 2, y - high / view.times / 2);
  });

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // without it, the page is scrolled
    event.preventDefault();
    nearer(2 ** (within(-100, -event.deltaY, 100) / 200), land(event));
  }, { passive: false });

  // The mouse drags. What was dragged is not clicked.
  let from = null;
  let dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType === "touch" || event.button !== 0) return;
    from = { x: event.x, y: event.y, place: land(event) };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!(event.buttons & 1)) from = null; // let go of outside
    if (!from || event.pointerType === "touch") return;
    if (!dragged && Math.hypot(event.x - from.x, event.y - from.y) < SLACK) return;
    if (!dragged) svg.setPointerCapture(event.pointerId);
    dragged = true;
    hold(from.place, event, view.times);
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { from = null; });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (!dragged || event.detail === 0) return; // Enter on a link is no drag
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });

  // One finger moves the page, always. Two fingers have the map.
  let pinch = null;
  const fingers = ([a, b]) => ({
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    apart: Math.max(Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), 1),
  });
  const touched = (event) => {
    if (event.touches.length !== 2 || !event.cancelable) {
      pinch = null;
      return;
    }
    event.preventDefault();
    const now = fingers(event.touches);
    pinch ??= { place: land(now), apart: now.apart, times: view.times };
    hold(pinch.place, now, within(1, (pinch.times * now.apart) / pinch.apart, NEAREST));
  };
  for (const part of ["touchstart", "touchmove"]) svg.addEventListener(part, touched, { passive: false });
  for (const end of ["touchend", "touchcancel"]) svg.addEventListener(end, () => { pinch = null; });

  // On paper the whole map.
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = { ...view };
    show(0, 0, 1);
  });
  window.addEventListener("afterprint", () => before && show(before.x, before.y, before.times));

  tools.hidden = false;
  map.classList.add("rb-map-moves");
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-describedby", "map-how");
})();
