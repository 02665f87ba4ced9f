import { EPCIS_CONTEXT } from "@banyan/trace-common/epcis";

const [MAKER, SHOP] = ["9506000", "9521321"];
const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
/** Items in a case, and how many of them are sold one by one. */
const [ITEMS, SOLD] = [6, 3];

/**
 * Makes a document of so many events: cases of six items commissioned, packed, shipped, received and unpacked, half of the items sold. Maker and shop
 * take turns, as documents of a real chain have it.
 *
 * @param count - how many events
 */
export function generateDocument(count: number): unknown {
  const events: unknown[] = [];
  let moment = 0;
  const at = (company: string): Record<string, unknown> => {
    const place = { id: `urn:epc:id:sgln:${company}.00001.0` };
    const eventTime = new Date(START + MINUTE * moment++).toISOString();
    return { eventTime, eventTimeZoneOffset: "+08:00", readPoint: place, bizLocation: place };
  };
  const flow = {
    sourceList: [{ type: "possessing_party", source: `urn:epc:id:pgln:${MAKER}.00000` }],
    destinationList: [{ type: "possessing_party", destination: `urn:epc:id:pgln:${SHOP}.00000` }],
  };
  for (let number = 0; events.length < count; number++) {
    const items = Array.from(
      { length: ITEMS },
      (_, index) => `urn:epc:id:sgtin:${MAKER}.013435.${number * ITEMS + index}`,
    );
    const unit = `urn:epc:id:sscc:${MAKER}.1${String(number).padStart(9, "0")}`;
    const lot = `L${Math.floor(number / 100)}`;
    const object = (company: string, action: string, bizStep: string, disposition: string, more: object): unknown => ({
      type: "ObjectEvent",
      ...{ ...at(company), action, bizStep, disposition, ...more },
    });
    const pack = (company: string, action: string, bizStep: string): unknown => ({
      type: "AggregationEvent",
      ...{ ...at(company), action, bizStep, parentID: unit, childEPCs: items },
    });
    const paper = {
      bizTransactionList: [{ type: "desadv", bizTransaction: `urn:epcglobal:cbv:bt:9506000000008:${number}` }],
    };
    events.push(
      object(MAKER, "ADD", "commissioning", "active", {
        epcList: items,
        ilmd: { "cbvmda:lotNumber": lot, "cbvmda:itemExpirationDate": "2031-01-01" },
      }),
      pack(MAKER, "ADD", "packing"),
      object(MAKER, "OBSERVE", "shipping", "in_transit", { epcList: [unit], ...paper, ...flow }),
      object(SHOP, "OBSERVE", "receiving", "in_progress", { epcList: [unit], ...paper, ...flow }),
      pack(SHOP, "DELETE", "unpacking"),
      ...items
        .slice(0, SOLD)
        .map((item) => object(SHOP, "OBSERVE", "retail_selling", "retail_sold", { epcList: [item] })),
    );
  }
  return {
    "@context": EPCIS_CONTEXT,
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: new Date(START).toISOString(),
    epcisBody: { eventList: events.slice(0, count) },
  };
}
