import { createCompany } from "@banyan/trace-common/sample";
import { moment } from "./clock.ts";
import { shops, wholesalers } from "./companies.ts";
import { tinId } from "./trade.ts";
import type { Tin, World } from "./world.ts";

/** The day on which buyers look at what they bought, before anything is recalled. */
const DAY = 52;

/** Scans: genuine, again, sold, unknown, out of territory, and later recalled (C-18). */
export function scan(world: World): void {
  const { story, tins } = world;
  const [shop] = shops;
  const [, north] = wholesalers;
  if (shop === undefined || north === undefined) throw new RangeError("There are shops and wholesalers");
  const shelved = tins.find((tin) => tin.holder === shop && tin.box === undefined && !tin.sold);
  const sold = tins.find((tin) => tin.holder === shop && tin.sold);
  const abroad = tins.find((tin) => tin.holder === north);
  if (shelved === undefined || sold === undefined || abroad === undefined) throw new RangeError("There are tins");
  const look = (minute: number, tin: Tin, by: string, region: string, verdict: string, scans: number): void => {
    story.step(moment(DAY, 10, minute), { event: "scan", code: tinId(tin, shop), by, region, verdict, scans });
  };
  look(0, shelved, "buyer-1", "CN-SH-310101", "GENUINE", 1);
  look(5, shelved, "buyer-2", "CN-SH-310101", "GENUINE", 2);
  look(10, sold, "buyer-3", "CN-SH-310101", "SOLD", 1);
  look(15, abroad, "buyer-4", "CN-GD-440100", "OUT_OF_TERRITORY", 1);
  // A label with the factory's number and a serial number that nobody ever gave out.
  const forged = createCompany(shelved.factory.company.prefix).item("000201", "FORGED000001", shop.notation);
  story.step(moment(DAY, 10, 20), { event: "scan", code: forged, by: "buyer-5", region: "CN-SH-310101", verdict: "UNKNOWN", scans: 1 });
}
