import { type Line, moment } from "./calendar.ts";

/** A merchant of the sample district. All of them are invented. */
export interface Merchant {
  readonly name: string;
  /** Who it is, for the note in the file. */
  readonly note: string;
  readonly trade: string;
  readonly revenue: string;
  readonly capital: string;
  readonly franchisor?: string;
  /** Deposit that its agent starts with, yuan. */
  readonly funds: string;
  /** Percent of each payment that it puts into custody. */
  readonly custodyPercent: number;
  /** An insurance in yuan; none when left out. */
  readonly insurance?: string;
  readonly linked: boolean;
  /** Face of its cheapest item in yuan. */
  readonly cheapest?: string;
}

/** The merchants of the sample month. */
export const merchants: readonly Merchant[] = [
  { name: "M01", note: "Sample bakery chain: part in custody, the rest insured: green", trade: "CATERING", revenue: "3600000.00", capital: "500000.00", funds: "400000.00", custodyPercent: 40, insurance: "400000.00", linked: true, cheapest: "15.00" },
  { name: "M02", note: "Sample fitness club: 60 % in custody: yellow", trade: "FITNESS", revenue: "3000000.00", capital: "1000000.00", funds: "600000.00", custodyPercent: 60, linked: true },
  { name: "M03", note: "Sample tutoring school: all in custody: green", trade: "TUTORING", revenue: "1200000.00", capital: "300000.00", funds: "500000.00", custodyPercent: 100, linked: true },
  { name: "M04", note: "Sample beauty salon: half in custody; defaults on the 20th", trade: "BEAUTY", revenue: "900000.00", capital: "100000.00", funds: "200000.00", custodyPercent: 50, insurance: "6000.00", linked: true },
  { name: "M05", note: "Sample department store: filed, never linked: grey", trade: "RETAIL", revenue: "8000000.00", capital: "2000000.00", funds: "50000.00", custodyPercent: 0, linked: false },
  { name: "M06", note: "Sample household service: linked, nothing in custody: red; announces its closing", trade: "HOUSEHOLD", revenue: "400000.00", capital: "50000.00", funds: "60000.00", custodyPercent: 0, linked: true },
  { name: "M07", note: "Sample tea room, franchisee of M01: a small insurance: yellow", trade: "CATERING", revenue: "600000.00", capital: "80000.00", franchisor: "M01", funds: "80000.00", custodyPercent: 0, insurance: "8000.00", linked: true },
];

/** The first morning: banks, filings, links, vaults, covers, terms. */
export function openingLines(): Line[] {
  const lines: Line[] = [];
  let at = moment(1, 6);
  const add = (fields: Readonly<Record<string, unknown>>): void => {
    lines.push({ at, fields });
    at += 20;
  };
  add({
    event: "open",
    format: "banyan-prepaid/1",
    region: "CN-SH-310101",
    salt: "sample-month-2030-03",
    title: "A month of a sample city district",
  });
  add({ event: "fund", party: "insurer", amount: "100000.00", entry: "opening deposit of the sample insurer" });
  for (const merchant of merchants) {
    const { name } = merchant;
    add({
      event: "file",
      note: merchant.note,
      merchant: name,
      trade: merchant.trade,
      licensed: "2021-05-10",
      revenue: merchant.revenue,
      capital: merchant.capital,
      ...(merchant.franchisor === undefined ? {} : { franchisor: merchant.franchisor }),
      licence: `licence of sample merchant ${name}`,
      responsible: `responsible persons of sample merchant ${name}`,
    });
    add({ event: "fund", party: name, amount: merchant.funds, entry: `opening deposit of ${name}` });
    add({
      event: "terms",
      terms: `T${name.slice(1)}`,
      merchant: name,
      ...(merchant.cheapest === undefined ? {} : { cheapestItem: merchant.cheapest }),
      text: `sample terms of ${name}`,
    });
    if (!merchant.linked) continue;
    add({ event: "openVault", merchant: name });
    add({ event: "link", merchant: name, mark: `link mark of ${name}` });
    if (merchant.insurance === undefined) continue;
    add({
      event: "cover",
      cover: `V${name.slice(1)}`,
      merchant: name,
      form: "INSURANCE",
      amount: merchant.insurance,
      from: "2030-03-01",
      until: "2031-03-01",
      policy: `performance bond insurance of ${name}`,
    });
  }
  return lines;
}
