/* A new visit that comes again: as long as only the weekday of its day is ticked, the tick moves along with the
   day. Values of the boxes: 0 is Monday. */

const day = document.querySelector("[name=visit_on]");
const boxes = [...document.querySelectorAll("[name=weekdays]")];
const weekdayOf = (on) => String((on.getUTCDay() + 6) % 7);

let before = day?.valueAsDate;

day?.addEventListener("change", () => {
  const after = day.valueAsDate;
  if (!after) return;
  const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
  if (before && String(ticked) === weekdayOf(before)) {
    for (const box of boxes) box.checked = box.value === weekdayOf(after);
  }
  before = after;
});
