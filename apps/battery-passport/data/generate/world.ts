import { createCompany, createStoryWriter, isoMoment } from "@banyan/trace-common/sample";

/** Seconds of a minute, an hour, a day. */
export const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

/** Midnight in China of 1 June 2030. */
export const START = Date.UTC(2030, 4, 31, 16) / 1000;

/** A moment of a day of the month, counted from 1. */
export function moment(day: number, hour: number, minute = 0): number {
  return START + (day - 1) * DAY + hour * HOUR + minute * MINUTE;
}

/** A moment as a story writes it. */
export function iso(at: number): string {
  return isoMoment(at).replace(".000+", "+");
}

/** The parties: who they are, and what they do. */
export const PARTIES = {
  maker: { party: "P01", reference: "00001", roles: ["PRODUCER", "BRAND_OWNER", "DEVICE_MAKER"] },
  operator: { party: "P02", reference: "00002", roles: ["OPERATOR"] },
  lender: { party: "P03", reference: "00003", roles: ["LENDER"] },
  laboratory: { party: "P04", reference: "00004", roles: ["LABORATORY"] },
  storage: { party: "P05", reference: "00005", roles: ["OPERATOR"] },
} as const;

const company = createCompany("9521234");

/** The GLN of a party. */
export const glnOf = (who: keyof typeof PARTIES): string => company.gln(PARTIES[who].reference);

/** The EPC URI of a party. */
export const partyUri = (who: keyof typeof PARTIES): string => company.party(PARTIES[who].reference);

/** The URI of a crate. */
export const crate = (number: number): string => company.unit(`${String(number).padStart(10, "0")}`);

/** The URI of a bicycle. */
export const bicycle = (number: number): string => company.asset("00011", `BIKE${String(number).padStart(3, "0")}`);

/** The code of a battery: maker 001, a pack, chemistry E, June 2030. */
export const batteryCode = (number: number): string => `001PE01SWAP001A61${String(number).padStart(7, "0")}`;

/** The URI of a battery in EPCIS. */
export const batteryUri = (number: number): string => `urn:banyan:battery:${batteryCode(number)}`;

/** The key inside the module of a battery. */
export const moduleOf = (number: number): string => `D${100 + number}`;

/** The key inside a cabinet. */
export const cabinetOf = (number: number): string => `D00${number}`;

/** A rider. */
export const riderOf = (number: number): string => `R${String(number).padStart(3, "0")}`;

/** Collects the story. */
export const createWriter = () =>
  createStoryWriter({
    prefixes: { banyan: "https://example.org/banyan/" },
    id: "https://example.org/documents/battery-passport/",
  });

/** What collects the story. */
export type Writer = ReturnType<typeof createWriter>;
