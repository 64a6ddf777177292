// The events of a calendar file as ical.js reads them, with the file's own time zones, as JSON.
// node read.mjs <path of ical.js> <file>

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, file] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(library));
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf-8")));
calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const [start, end] = [event.startDate, event.endDate].map((time) => new Date(time.toUnixTime() * 1000).toISOString());
  return { uid: event.uid, start, end, summary: event.summary, status: component.getFirstPropertyValue("status") };
});
console.log(JSON.stringify(events));
