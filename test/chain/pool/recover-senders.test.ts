import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { type Hex, hexToBytes } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { recoverAll, recoverSenders, recoverSendersAhead } from "../../../chain/src/pool/recover-senders.ts";
import { answerQuestions, packQuestions, unpackAnswers } from "../../../chain/src/pool/recovery-job.ts";
import { startRecoveryThreads, threadCount } from "../../../chain/src/pool/recovery-threads.ts";
import { keepSender, knownSender } from "../../../chain/src/pool/sender-cache.ts";
import { signedDigestOf } from "../../../chain/src/pool/signed-digest.ts";
import { decodeTransaction, signTransaction } from "../../../chain/src/pool/transaction-codec.ts";

const account = privateKeyToAccount(generatePrivateKey());
const from = account.address.toLowerCase();

async function signed(nonce: number): Promise<Uint8Array> {
  const common = { chainId: 31_337, nonce, gas: 21_000n, to: account.address, value: BigInt(nonce) } as const;
  const raw: Hex =
    nonce % 2 === 0
      ? await account.signTransaction({ ...common, gasPrice: 7n })
      : await account.signTransaction({ ...common, maxFeePerGas: 9n, maxPriorityFeePerGas: 1n });
  return hexToBytes(raw);
}

const many = (first: number, count: number): Promise<Uint8Array[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => signed(first + i)));

describe("Recovery of senders", () => {
  it("keeps every sender of several transactions, on the main thread or on others", async () => {
    for (const raws of [await many(0, 5), await many(100, 200), await many(400, 200)]) {
      await recoverSenders(raws);
      for (const raw of raws) expect(knownSender(signedDigestOf(raw).hash)).to.equal(from);
    }
  });

  it("knows each sender when its position is asked for, without waiting for the later ones", async () => {
    for (const raws of [await many(3_000, 1), await many(3_100, 5), await many(3_200, 150)]) {
      const recovered = recoverSendersAhead(raws);
      for (const [position, raw] of raws.entries()) {
        await recovered(position);
        expect(knownSender(signedDigestOf(raw).hash)).to.equal(raws.length === 1 ? undefined : from);
      }
    }
  });

  it("gives threads jobs and gets the senders back, given threads that are ready", async () => {
    const threads = startRecoveryThreads(1);
    await threads.idle();
    const jobs = (await many(1_000, 70)).map(signedDigestOf);
    const answers = threads.tryRun(packQuestions(jobs));
    expect(threads.busy).to.equal(1);
    expect(threads.tryRun(packQuestions(jobs))).to.equal(undefined);
    expect(unpackAnswers((await answers) ?? new Uint8Array(0))).to.deep.equal(jobs.map(() => from));
    const rest = (await many(1_100, 70)).map(signedDigestOf);
    await recoverAll(rest, threads);
    expect(rest.map(({ hash }) => knownSender(hash))).to.deep.equal(rest.map(() => from));
  });

  it("names nobody for a signature that no key can have made", async () => {
    const { digest, signature } = signedDigestOf(await signed(2_000));
    const packed = packQuestions([{ digest, signature: signature.fill(0, 0, 32), yParity: 0 }]);
    expect(unpackAnswers(answerQuestions(packed))).to.deep.equal([undefined]);
  });

  it("leaves what is no transaction to the decoder", async () => {
    const good = await signed(2_100);
    await recoverSenders([good, Uint8Array.of(5), new Uint8Array(0), Uint8Array.of(0xc0), await signed(2_101)]);
    expect(decodeTransaction(good, { chainId: 31_337n }).from).to.equal(from);
    expect(() => decodeTransaction(Uint8Array.of(0xc0), { chainId: 31_337n }))
      .to.throw()
      .with.property("code", "TX_MALFORMED");
  });

  it("knows the sender of what the chain signs itself", () => {
    const key = hexToBytes(generatePrivateKey());
    const sender = "0x00000000000000000000000000000000000000aa";
    const { hash } = signTransaction(
      {
        type: 2,
        chainId: 31_337n,
        nonce: 0n,
        gasLimit: 21_000n,
        maxFeePerGas: 1n,
        maxPriorityFeePerGas: 1n,
        to: sender,
        value: 0n,
        data: new Uint8Array(0),
        accessList: [],
      },
      sender,
      key,
    );
    expect(knownSender(hash)).to.equal(sender);
  });

  it("forgets the oldest, given more senders than it keeps", () => {
    const hashOf = (i: number): Hex => `0x${i.toString(16).padStart(64, "0")}`;
    for (let i = 0; i <= 16_384; i++) keepSender(hashOf(i), "0x00000000000000000000000000000000000000bb");
    expect(knownSender(hashOf(0))).to.equal(undefined);
    expect(knownSender(hashOf(16_384))).to.equal("0x00000000000000000000000000000000000000bb");
  });

  it("leaves one core to the main thread and takes at most four", () => {
    expect([1, 2, 5, 64].map((cores) => threadCount(cores))).to.deep.equal([0, 1, 4, 4]);
  });

  it("lets a process end that has idle threads", () => {
    const module = new URL("../../../chain/src/pool/recovery-threads.ts", import.meta.url).href;
    const script = `const t = (await import("${module}")).startRecoveryThreads(1); setTimeout(() => console.log("done"), 20);`;
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(printed.trim()).to.equal("done");
  });
});
