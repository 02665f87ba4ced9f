import { createChain, type EmbeddedChain, stackTracerOf } from "@banyan/chain";
import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "viem";
import { compile, type Settings } from "./compile.ts";
import { failuresOf } from "./failures.ts";

const SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

const settings: readonly Settings[] = [
  { name: "no optimizer", optimizer: false, viaIR: false },
  { name: "the optimizer and the IR pipeline", optimizer: true, viaIR: true },
];

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.slice(2), "hex");

/** Bytes with some of them changed, cut off or added. */
function damaged(base: Uint8Array, changes: readonly (readonly [number, number])[], length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, base.length + length));
  bytes.set(base.subarray(0, bytes.length));
  for (const [place, value] of changes) if (bytes.length > 0) bytes[place % bytes.length] = value;
  return bytes;
}

describe("Solidity stack traces of random failures", () => {
  for (const setting of settings) {
    describe(`given contracts compiled with ${setting.name}`, () => {
      const build = compile("Failures.sol", setting);
      let chain: EmbeddedChain;

      beforeEach(async () => {
        chain = await createChain({}, { stackTracer: stackTracerOf([build.info]), print: () => {} });
      });

      afterEach(() => {
        chain.close();
      });

      it("when calls with damaged data and little gas fail, then every failure has a stack trace with places that exist", async () => {
        const lineCount = 471;
        async function deploy(initCode: Hex): Promise<Hex> {
          const { receipt } = await chain.core.sendTransaction({ from: SENDER, data: bytesOf(initCode) });
          return receipt?.contractAddress ?? "0x";
        }
        const requests = (await failuresOf(build, { deploy })).map(({ request }) => {
          const { to, data, value }: { to?: Hex; data?: Hex; value?: Hex } = Object(request.params[0]);
          return { to, data: bytesOf(data ?? "0x"), value: BigInt(value ?? 0) };
        });
        const tracer = await stackTracerOf([build.info])();
        let failed = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...requests),
            fc.array(fc.tuple(fc.nat(30_000), fc.nat(255)), { maxLength: 3 }),
            fc.integer({ min: -70, max: 70 }),
            fc.integer({ min: 60_000, max: 400_000 }),
            async ({ to, data, value }, changes, length, gas) => {
              const { record, success } = await chain.core.call({
                from: SENDER,
                ...(to === undefined ? {} : { to }),
                data: damaged(data, changes, length),
                value,
                gasLimit: BigInt(gas) + (to === undefined ? 2_000_000n : 0n),
              });
              expect(record === undefined).to.equal(success);
              if (record === undefined) return;
              failed++;
              const { frames, message } = tracer.explain(record);
              expect(frames.length).to.be.greaterThan(0);
              expect(message).to.be.a("string");
              for (const { file, line, column } of frames) {
                if (file === undefined || line === undefined) continue;
                expect(line).to.be.within(1, lineCount);
                expect(column).to.be.within(1, 200);
              }
            },
          ),
          { numRuns: 1_500 },
        );
        expect(failed).to.be.greaterThan(700);
      }).timeout(60_000);
    });
  }
});
