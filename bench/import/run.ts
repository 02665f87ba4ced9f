// How long the import of an EPCIS document takes on the in-process chain: read, checked, hashed, captured in batches. `npm run bench:import`
import { createProgress } from "@banyan/app-common/app";
import { readDocument } from "@banyan/trace-common/epcis";
import { importDocument, openStage } from "@banyan/trace-common/trace";
import hre from "hardhat";
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { generateDocument } from "./generate.ts";

const values = readArguments({
  script: "bench:import",
  help: `How long the import of an EPCIS document takes on the in-process chain.

  npm run bench:import                     10,000 events; to be done in 60 s
  npm run bench:import -- --events 2000`,
  options: { events: { type: "string", default: "10000" } },
  counts: { events: 1 },
});

/** Seconds in which the shipped number of events is to be captured. */
const TARGET = 60;
const count = Number(values.events);
const source = JSON.stringify(generateDocument(count));

const connection = await hre.network.create();
const context = {
  ...{ network: "default", inProcess: true, language: "en" as const, stderr: process.stderr },
  ...{ connect: async () => connection, connectPrivately: async () => connection, now: () => performance.now() },
  ...{ root: hre.config.paths.root, ignition: hre.config.paths.ignition },
};
const { chain, archive } = await openStage(context, connection, { app: "trace", wallet: undefined, region: "CN" });

const begun = performance.now();
const document = readDocument(source);
const read = performance.now();
const report = await importDocument({
  ...{ document, chain, archive, register: true, openingStock: false, dryRun: false },
  progress: (total) =>
    createProgress({ stream: process.stderr, total, now: () => performance.now(), unit: "events/s" }),
});
const seconds = (performance.now() - begun) / 1000;
await connection.close();

if (report.captured !== count)
  throw new Error(`${report.captured} of ${count} events were captured: ${JSON.stringify(report.refusals[0])}`);
console.log(`read and checked: ${((read - begun) / 1000).toFixed(2)} s of ${(source.length / 1e6).toFixed(1)} MB`);
console.log(
  `captured: ${count} events in ${report.batches} transactions, ${report.gasUsed / BigInt(count)} gas per event`,
);
console.log(
  `in all: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} events/s; target ${TARGET} s for 10,000: ${seconds <= (TARGET * count) / 10_000 ? "met" : "MISSED"}`,
);
