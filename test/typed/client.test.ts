import { deploy } from "@banyan/app-common/runtime";
import { expect } from "chai";
import { type Address, type Hex, keccak256, pad, toBytes, zeroAddress } from "viem";
import { decodeOwnEvents } from "../../apps/common/src/runtime/events.ts";
import { type Connection, defineFixture } from "../helpers/fixture.ts";
import { normalise } from "../helpers/normalise.ts";
import {
  BindingProbe,
  BindingProbeDesk,
  type BindingProbeEvent,
  decodeAnyError,
  ParcelState,
} from "./snapshots/client/index.ts";

const SIZE = { width: 300, height: 200 };
const FEE = 250n;

const fixture = defineFixture(async (connection) => {
  const { viem } = connection;
  const [admin, owner, stranger] = await viem.getWalletClients();
  if (admin === undefined || owner === undefined || stranger === undefined)
    throw new Error("three accounts are needed");
  const clients = { public: await viem.getPublicClient(), wallet: admin };
  const authority = await viem.deployContract("Authority", [admin.account.address]);
  const probe = await BindingProbe.deploy(clients, { authority_: authority.address, fee: FEE });
  const desk = await BindingProbeDesk.deploy(clients);
  return { connection, clients, admin, owner, stranger, authority, probe, desk };
});

describe("a generated client", () => {
  describe("when a call is refused", () => {
    it("names the error of a read with its arguments", async () => {
      const { probe } = await fixture();
      expect(BindingProbe.decodeError(await failure(probe.read["find(uint256)"]({ id: 7n })))).to.deep.equal({
        errorName: "BindingProbeUnknownParcel",
        args: { id: 7n },
      });
    });

    it("names the error of a write, unnamed arguments by their place", async () => {
      const { probe, owner, stranger } = await fixture();
      const { id } = await stored(probe, owner.account.address);
      const error = await failure(probe.as(stranger).write.release({ id }));
      expectSame(BindingProbe.decodeError(error), {
        errorName: "BindingProbeNotOwner",
        args: { id, owner: owner.account.address, arg2: stranger.account.address },
      });
    });

    it("names the error of a simulation with a struct in it", async () => {
      const { probe } = await fixture();
      const bad = { width: 0, height: 5 };
      const error = await failure(probe.simulate.store({ owner: zeroAddress, size: bad, labels: [], note: "" }));
      expect(BindingProbe.decodeError(error)).to.deep.equal({ errorName: "BindingProbeBadSize", args: { size: bad } });
    });

    it("names the error that the AccessManager's restriction throws", async () => {
      const { probe, stranger } = await fixture();
      const error = await failure(probe.as(stranger).writeAndWait.setFee({ fee: 1n }));
      expectSame(BindingProbe.decodeError(error), {
        errorName: "AccessManagedUnauthorized",
        args: { caller: stranger.account.address },
      });
    });

    it("names the reason when the transaction was mined before it failed", async () => {
      const { probe, connection, stranger } = await fixture();
      const test = await connection.viem.getTestClient();
      await test.setAutomine(false);
      try {
        const sent = failure(probe.as(stranger).writeAndWait.setFee({ fee: 1n }, { gas: 200_000n }));
        await mineWhenPending(connection, stranger.account.address);
        expect(BindingProbe.decodeError(await sent)?.errorName).to.equal("AccessManagedUnauthorized");
      } finally {
        await test.setAutomine(true);
      }
    });

    it("leaves an error of another contract to the decoder that knows them all", async () => {
      const { probe, desk } = await fixture();
      const error = await failure(desk.read.feeOf({ store: probe.address, id: 9n }));
      expect(BindingProbeDesk.decodeError(error)).to.equal(undefined);
      expect(decodeAnyError(error)).to.deep.equal({ errorName: "BindingProbeUnknownParcel", args: { id: 9n } });
    });

    it("names a failed check of Solidity itself", () => {
      const panic = new Error("reverted", {
        cause: { data: { data: `0x4e487b71${"11".padStart(64, "0")}` satisfies Hex } },
      });
      expect(decodeAnyError(panic)).to.deep.equal({ errorName: "Panic", args: { code: 17n } });
    });

    it("gives undefined for what is no revert, or a revert nobody declared", () => {
      for (const error of [undefined, "no", new Error("offline"), { data: "0x" }, { data: "0xdeadbeef" }]) {
        expect(decodeAnyError(error)).to.equal(undefined);
      }
    });

    it("refuses to write without a wallet, and to call without an argument", async () => {
      const { probe, clients } = await fixture();
      const reader = new BindingProbe(probe.address, { public: clients.public });
      expect(await failure(reader.write.setFee({ fee: 1n }))).to.have.property("code", "WALLET_MISSING");
      const nothing: { fee: bigint } = JSON.parse("{}");
      expect(await failure(probe.write.setFee(nothing))).to.have.property("code", "ARGUMENT_MISSING");
    });
  });

  describe("when it deploys", () => {
    it("passes the constructor's arguments by name", async () => {
      const { probe, authority } = await fixture();
      expect(await probe.read.currentFee()).to.equal(FEE);
      expect((await probe.read.authority()).toLowerCase()).to.equal(authority.address.toLowerCase());
    });

    it("puts the addresses of libraries into the creation code, and refuses to go without", async () => {
      const { clients, owner } = await fixture();
      // Leaves the library's address, padded to a word, as the deployed code.
      const bytecode = {
        object: `0x73${"00".repeat(20)}60005260206000f3` satisfies Hex,
        links: [{ library: "Prices", start: 1 }],
      };
      expect(await failure(deploy([], bytecode, clients, []))).to.have.property("code", "LIBRARY_MISSING");
      const address = await deploy([], bytecode, clients, [], { libraries: { Prices: owner.account.address } });
      expect(await clients.public.getCode({ address })).to.equal(pad(owner.account.address).toLowerCase());
    });
  });

  describe("when it reads and writes", () => {
    it("gives structs, enums, fixed arrays and lists back as they were stored", async () => {
      const { probe, owner } = await fixture();
      const { id } = await stored(probe, owner.account.address, ["fragile", "易碎"]);
      const parcel = await probe.read["find(uint256)"]({ id });
      expectSame(parcel, {
        id,
        owner: owner.account.address,
        fee: FEE,
        state: ParcelState.Stored,
        size: SIZE,
        digests: [keccak256(toBytes("a note")), `0x${id.toString(16).padStart(64, "0")}`],
        labels: ["fragile", "易碎"],
      });
    });

    it("gives several results by name, and tells overloads apart", async () => {
      const { probe, owner } = await fixture();
      await stored(probe, owner.account.address);
      await stored(probe, owner.account.address);
      const page = await probe.read["find(address,uint256)"]({ owner: owner.account.address, limit: 1n });
      expect(page.more).to.equal(true);
      expect(page.parcels.map(({ id }) => id)).to.deep.equal([1n]);
    });

    it("maps small numbers, signed numbers and nested arrays, unnamed results by their place", async () => {
      const { probe } = await fixture();
      const result = await probe.read.shapes({
        small: 41,
        signed: -5n,
        matrix: [
          [1, 2],
          [3, 4],
        ],
      });
      expect(result).to.deep.equal({ result0: 42, result1: -10n, sums: [3n, 7n] });
    });

    it("simulates without sending: the result is there, the state is not", async () => {
      const { probe, owner } = await fixture();
      const args = { owner: owner.account.address, size: SIZE, labels: [], note: "" };
      expect(await probe.simulate.store(args)).to.equal(1n);
      expect(await probe.read.parcelCount()).to.equal(0n);
    });

    it("simulates as the wallet's account, or as the account that the options name", async () => {
      const { probe, stranger } = await fixture();
      await probe.simulate.setFee({ fee: 1n });
      const asStranger = await failure(probe.as(stranger).simulate.setFee({ fee: 1n }));
      expect(BindingProbe.decodeError(asStranger)?.errorName).to.equal("AccessManagedUnauthorized");
      const byOption = await failure(probe.simulate.setFee({ fee: 1n }, { account: stranger.account }));
      expect(BindingProbe.decodeError(byOption)?.errorName).to.equal("AccessManagedUnauthorized");
    });

    it("sends wei with a payable function, and sees it in the simulation", async () => {
      const { probe, owner, clients } = await fixture();
      const { id } = await stored(probe, owner.account.address);
      expect(await probe.simulate.pay({ id }, { value: 9n })).to.deep.equal({ paid: 9n, owed: FEE });
      await probe.writeAndWait.pay({ id }, { value: 9n });
      expect(await clients.public.getBalance({ address: probe.address })).to.equal(9n);
    });

    it("writes from the account that the options name", async () => {
      const { probe, owner } = await fixture();
      const { id } = await stored(probe, owner.account.address);
      const { receipt } = await probe.writeAndWait.release({ id }, { account: owner.account });
      expect(receipt.from.toLowerCase()).to.equal(owner.account.address.toLowerCase());
      expect((await probe.read["find(uint256)"]({ id })).state).to.equal(ParcelState.Released);
    });

    it("reads the state of an earlier block", async () => {
      const { probe, clients } = await fixture();
      const blockNumber = await clients.public.getBlockNumber({ cacheTime: 0 });
      await probe.writeAndWait.setFee({ fee: 900n });
      expect(await probe.read.currentFee()).to.equal(900n);
      expect(await probe.read.currentFee({ blockNumber })).to.equal(FEE);
    });
  });

  describe("when it reads events", () => {
    it("gives the events of a transaction, decoded, the contract's own only", async () => {
      const { probe, owner, desk } = await fixture();
      const outcome = await stored(probe, owner.account.address);
      expect(outcome.events.map(({ eventName }) => eventName)).to.deep.equal(["ParcelStored"]);
      expectSame(outcome.event("ParcelStored").args, {
        id: 1n,
        owner: owner.account.address,
        size: SIZE,
        note: "a note",
      });
      expect(() => outcome.event("FeeChanged"))
        .to.throw()
        .with.property("code", "EVENT_MISSING");
      expect(
        (await desk.writeAndWait.leaveNote({ note: "hi" })).events.map(({ eventName }) => eventName),
      ).to.deep.equal(["NoteLeft(string)", "NoteLeft(string,address)"]);
    });

    it("leaves out what another contract of the same kind emitted", async () => {
      const { probe, clients, authority, owner } = await fixture();
      const other = await BindingProbe.deploy(clients, { authority_: authority.address, fee: FEE });
      const { receipt } = await stored(other, owner.account.address);
      expect(decodeOwnEvents(other, receipt.logs)).to.have.length(1);
      expect(decodeOwnEvents(probe, receipt.logs)).to.deep.equal([]);
      expect(await probe.events.ParcelStored.get()).to.deep.equal([]);
    });

    it("filters by indexed arguments and by blocks", async () => {
      const { probe, owner, stranger } = await fixture();
      await stored(probe, owner.account.address);
      const second = await stored(probe, stranger.account.address);
      const third = await stored(probe, owner.account.address);
      const ids = async (options: Parameters<typeof probe.events.ParcelStored.get>[0]): Promise<bigint[]> =>
        (await probe.events.ParcelStored.get(options)).map(({ args }) => args.id);
      expect(await ids({})).to.deep.equal([1n, 2n, 3n]);
      expect(await ids({ args: { owner: owner.account.address } })).to.deep.equal([1n, 3n]);
      expect(await ids({ args: { id: [2n, 3n] } })).to.deep.equal([2n, 3n]);
      expect(await ids({ fromBlock: second.receipt.blockNumber })).to.deep.equal([2n, 3n]);
      expect(await ids({ toBlock: third.receipt.blockNumber - 1n })).to.deep.equal([1n, 2n]);
    });

    it("knows an indexed text by its hash, and filters by the text", async () => {
      const { probe } = await fixture();
      await probe.writeAndWait.name({ ids: [4n, 5n], name_: "blue", remark: "0x0102" });
      await probe.writeAndWait.name({ ids: [6n], name_: "red", remark: "0x" });
      const blue = await probe.events.ParcelNamed.get({ args: { name: "blue" } });
      expect(blue.map(({ args }) => args)).to.deep.equal(
        [4n, 5n].map((id) => ({ id, name: keccak256(toBytes("blue")), arg2: "0x0102" })),
      );
    });

    it("gives all events of the contract in their order", async () => {
      const { probe, owner } = await fixture();
      await stored(probe, owner.account.address);
      await probe.writeAndWait.setFee({ fee: 3n });
      const all = await probe.getEvents();
      expect(all.map(({ eventName }) => eventName)).to.deep.equal(["AuthorityUpdated", "ParcelStored", "FeeChanged"]);
      const fees = all.flatMap((event) => (event.eventName === "FeeChanged" ? [event.args.fee] : []));
      expect(fees).to.deep.equal([3n]);
    });

    it("watches new events until told to stop", async () => {
      const { probe, clients } = await fixture();
      const fromBlock = (await clients.public.getBlockNumber({ cacheTime: 0 })) + 1n;
      const seen: bigint[] = [];
      const arrived = new Promise<void>((resolve) => {
        const unwatch = probe.events.FeeChanged.watch(
          (events) => {
            seen.push(...events.map(({ args }) => args.fee));
            if (seen.length < 2) return;
            unwatch();
            resolve();
          },
          { fromBlock, pollingInterval: 10 },
        );
      });
      await probe.writeAndWait.setFee({ fee: 11n });
      await probe.writeAndWait.setFee({ fee: 12n });
      await arrived;
      expect(seen).to.deep.equal([11n, 12n]);
    });

    it("watches every event of the contract", async () => {
      const { probe, owner, clients } = await fixture();
      const fromBlock = (await clients.public.getBlockNumber({ cacheTime: 0 })) + 1n;
      const seen: BindingProbeEvent[] = [];
      const arrived = new Promise<void>((resolve) => {
        const unwatch = probe.watchEvents(
          (events) => {
            seen.push(...events);
            if (seen.length < 2) return;
            unwatch();
            resolve();
          },
          { fromBlock, pollingInterval: 10 },
        );
      });
      await probe.writeAndWait.setFee({ fee: 11n });
      await stored(probe, owner.account.address);
      await arrived;
      expect(seen.map(({ eventName }) => eventName)).to.deep.equal(["FeeChanged", "ParcelStored"]);
    });
  });
});

async function stored(probe: BindingProbe, owner: Address, labels: readonly string[] = []) {
  const outcome = await probe.writeAndWait.store({ owner, size: SIZE, labels, note: "a note" });
  return { ...outcome, id: outcome.event("ParcelStored").args.id };
}

/** Compares whatever the case of addresses. */
function expectSame(actual: unknown, expected: unknown): void {
  expect(normalise(actual)).to.deep.equal(normalise(expected));
}

async function failure(action: Promise<unknown>): Promise<unknown> {
  try {
    await action;
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure, and nothing failed");
}

async function mineWhenPending(connection: Connection, sender: Address): Promise<void> {
  const client = await connection.viem.getPublicClient();
  const mined = await client.getTransactionCount({ address: sender });
  while ((await client.getTransactionCount({ address: sender, blockTag: "pending" })) === mined) await pause();
  await connection.networkHelpers.mine();
}

async function pause(): Promise<void> {
  await new Promise((next) => setTimeout(next, 5));
}
