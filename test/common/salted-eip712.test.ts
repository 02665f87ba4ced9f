import { expect } from "chai";
import { network } from "hardhat";
import { type Hex, hashTypedData, type TypedDataDomain, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { ascii, SIGNATURE_ALGORITHM } from "../fixtures/common.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { type Connection, defineFixture } from "../helpers/fixture.ts";

const SALT = ascii("deployment one");
const types = {
  Slip: [
    { name: "signer", type: "address" },
    { name: "amount", type: "uint256" },
    { name: "nonce", type: "uint256" },
  ],
} as const;
const { ECDSA_SECP256K1, ERC1271 } = SIGNATURE_ALGORITHM;
const AMOUNT = 500n;

const signer = privateKeyToAccount(generatePrivateKey());
const stranger = privateKeyToAccount(generatePrivateKey());

async function setup({ viem }: Connection) {
  const slips = await viem.deployContract("SaltedEIP712Harness", ["Slips", "1", SALT]);
  const chainId = await (await viem.getPublicClient()).getChainId();
  const domain = { name: "Slips", version: "1", chainId, verifyingContract: slips.address, salt: SALT };
  return { viem, slips, domain };
}
const fixture = defineFixture(async (connection) => ({ connection, ...(await setup(connection)) }));

function message(amount: bigint, nonce: bigint, by: Hex = signer.address) {
  return { types, primaryType: "Slip", message: { signer: by, amount, nonce } } as const;
}

function sign(domain: TypedDataDomain, amount: bigint, nonce: bigint) {
  return signer.signTypedData({ domain, ...message(amount, nonce) });
}

describe("SaltedEIP712", () => {
  describe("deployment", () => {
    it("refuses a salt of zero", async () => {
      const { viem, slips } = await fixture();
      await expectRevert(
        viem.deployContract("SaltedEIP712Harness", ["Slips", "1", zeroHash]),
        slips,
        "SaltedEIP712ZeroSalt",
        [],
      );
    });

    it("refuses a name or version over 31 bytes", async () => {
      const { viem, slips } = await fixture();
      const long = "x".repeat(32);
      await expectRevert(viem.deployContract("SaltedEIP712Harness", [long, "1", SALT]), slips, "StringTooLong", [long]);
      await expectRevert(viem.deployContract("SaltedEIP712Harness", ["1", long, SALT]), slips, "StringTooLong", [long]);
    });
  });

  it("tells wallets the whole domain, salt included", async () => {
    const { slips, domain } = await fixture();
    const [fields, name, version, chainId, verifyingContract, salt, extensions] = await slips.read.eip712Domain();
    expect(fields).to.equal("0x1f");
    expect({ name, version, chainId: Number(chainId), salt }).to.deep.equal({
      name: domain.name,
      version: domain.version,
      chainId: domain.chainId,
      salt: SALT,
    });
    expect(verifyingContract.toLowerCase()).to.equal(slips.address.toLowerCase());
    expect(extensions).to.deep.equal([]);
  });

  it("separates two chains of equal id and equal addresses by the salt alone", async () => {
    const deployments = [];
    for (const salt of [SALT, ascii("deployment two")]) {
      const connection = await network.create();
      const slips = await connection.viem.deployContract("SaltedEIP712Harness", ["Slips", "1", salt]);
      const chainId = await (await connection.viem.getPublicClient()).getChainId();
      deployments.push({
        connection,
        slips,
        domain: { name: "Slips", version: "1", chainId, verifyingContract: slips.address, salt },
      });
    }
    const [one, two] = deployments;
    if (one === undefined || two === undefined) throw new Error("Two deployments were made");
    expect({ ...two.domain, salt: SALT }).to.deep.equal(one.domain);
    expect(await two.slips.read.domainSeparator()).to.not.equal(await one.slips.read.domainSeparator());
    const signature = { algorithm: ECDSA_SECP256K1, data: await sign(one.domain, AMOUNT, 0n) };
    await expectRevert(
      two.slips.write.take([signer.address, AMOUNT, 0n, signature]),
      two.slips,
      "SaltedEIP712InvalidSignature",
      [signer.address, hashTypedData({ domain: two.domain, ...message(AMOUNT, 0n) })],
    );
    await one.slips.write.take([signer.address, AMOUNT, 0n, signature]);
    expect(await one.slips.read.nonces([signer.address])).to.equal(1n);
    for (const { connection } of deployments) await connection.close();
  });

  describe("a signature", () => {
    it("is refused with any field of the domain or the message changed", async () => {
      const { slips, domain } = await fixture();
      const digest = hashTypedData({ domain, ...message(AMOUNT, 0n) });
      const signatures = [
        await sign({ ...domain, salt: ascii("deployment two") }, AMOUNT, 0n),
        await sign({ ...domain, chainId: domain.chainId + 1 }, AMOUNT, 0n),
        await sign({ ...domain, verifyingContract: signer.address }, AMOUNT, 0n),
        await sign({ ...domain, name: "Slip" }, AMOUNT, 0n),
        await sign({ ...domain, version: "2" }, AMOUNT, 0n),
        await sign(domain, AMOUNT + 1n, 0n),
        await sign(domain, AMOUNT, 1n),
        await stranger.signTypedData({ domain, ...message(AMOUNT, 0n) }),
      ];
      for (const data of signatures) {
        await expectRevert(
          slips.write.take([signer.address, AMOUNT, 0n, { algorithm: ECDSA_SECP256K1, data }]),
          slips,
          "SaltedEIP712InvalidSignature",
          [signer.address, digest],
        );
      }
    });

    it("is refused when it is no signature", async () => {
      const { slips, domain } = await fixture();
      const digest = hashTypedData({ domain, ...message(AMOUNT, 0n) });
      for (const data of ["0x", "0x1234", `0x${"00".repeat(65)}`] as const) {
        for (const algorithm of [ECDSA_SECP256K1, ERC1271]) {
          await expectRevert(
            slips.write.take([signer.address, AMOUNT, 0n, { algorithm, data }]),
            slips,
            "SaltedEIP712InvalidSignature",
            [signer.address, digest],
          );
        }
      }
    });

    it("is refused under an algorithm that cannot be verified", async () => {
      const { slips, domain } = await fixture();
      const data = await sign(domain, AMOUNT, 0n);
      for (const algorithm of [SIGNATURE_ALGORITHM.NONE, SIGNATURE_ALGORITHM.SM2]) {
        await expectRevert(
          slips.write.take([signer.address, AMOUNT, 0n, { algorithm, data }]),
          slips,
          "SaltedEIP712UnsupportedAlgorithm",
          [algorithm],
        );
      }
    });

    it("is refused a second time", async () => {
      const { slips, domain } = await fixture();
      const signature = { algorithm: ECDSA_SECP256K1, data: await sign(domain, AMOUNT, 0n) };
      await slips.write.take([signer.address, AMOUNT, 0n, signature]);
      await expectRevert(slips.write.take([signer.address, AMOUNT, 0n, signature]), slips, "InvalidAccountNonce", [
        signer.address,
        1n,
      ]);
    });

    it("is taken from a person", async () => {
      const { connection, slips, domain } = await fixture();
      const data = await sign(domain, AMOUNT, 0n);
      await expectEvents(
        connection,
        slips.write.take([signer.address, AMOUNT, 0n, { algorithm: ECDSA_SECP256K1, data }]),
        [event(slips, "SlipTaken", { signer: signer.address, amount: AMOUNT, nonce: 0n })],
      );
      expect(await slips.read.nonces([signer.address])).to.equal(1n);
    });

    it("is taken from a contract account, as its owner signs", async () => {
      const { connection, viem, slips, domain } = await fixture();
      const wallet = await viem.deployContract("ERC1271Wallet", [signer.address]);
      const slip = message(AMOUNT, 0n, wallet.address);
      const digest = hashTypedData({ domain, ...slip });
      const data = await signer.signTypedData({ domain, ...slip });
      for (const signature of [
        { algorithm: ECDSA_SECP256K1, data },
        { algorithm: ERC1271, data: await stranger.signTypedData({ domain, ...slip }) },
      ]) {
        await expectRevert(
          slips.write.take([wallet.address, AMOUNT, 0n, signature]),
          slips,
          "SaltedEIP712InvalidSignature",
          [wallet.address, digest],
        );
      }
      await expectEvents(connection, slips.write.take([wallet.address, AMOUNT, 0n, { algorithm: ERC1271, data }]), [
        event(slips, "SlipTaken", { signer: wallet.address, amount: AMOUNT, nonce: 0n }),
      ]);
    });

    it("counts apart under another key", async () => {
      const { slips, domain } = await fixture();
      const keyed = await slips.read.nonces([signer.address, 7n]);
      expect(keyed).to.equal(7n << 64n);
      for (const nonce of [keyed, 0n, keyed + 1n]) {
        const data = await sign(domain, AMOUNT, nonce);
        await slips.write.take([signer.address, AMOUNT, nonce, { algorithm: ECDSA_SECP256K1, data }]);
      }
      expect(await slips.read.nonces([signer.address, 7n])).to.equal(keyed + 2n);
      expect(await slips.read.nonces([signer.address])).to.equal(1n);
    });
  });
});
