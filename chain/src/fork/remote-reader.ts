import { EMPTY_BYTES, trimZeros } from "../codec/hex.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import { EMPTY_CODE_HASH } from "../state/account-leaf.ts";
import { MissingPage, type PageSource } from "../state/missing-page.ts";
import type { AccountFields, CodeTable, StateReader } from "../state/state-reader.ts";
import type { AccountProof, Address, Word } from "../types.ts";
import { always, type Remote } from "./remote.ts";
import type { RemoteRequest } from "./remote-client.ts";
import { createDecoder, numberParam } from "./remote-json.ts";

/** A page of the state: what it takes to ask for it, and what to do with the answers. */
interface Page {
  readonly requests: readonly RemoteRequest[];
  keep(answers: readonly unknown[]): void;
}

/** Pages that one run may guess at, at most: a run that has gone astray is not followed for long. */
const MOST_GUESSES = 256;
const NOBODY: ReadonlySet<Address> = new Set();
/** Stands for an account that is not there yet: rich, so that a run with it goes on. */
const GUESSED_ACCOUNT: AccountFields = {
  nonce: 0n,
  balance: 2n ** 128n,
  codeHash: EMPTY_CODE_HASH,
  hasStorage: false,
};

/** What is known of accounts before they are asked for. */
export interface AccountHints {
  /** Without code and nonce, as precompiled contracts are: only their balance is asked for. */
  readonly balanceOnly: ReadonlySet<Address>;
  /** Set to another balance and code by who reads: only their nonce is asked for. */
  readonly nonceOnly?: ReadonlySet<Address>;
  /** Wanted sooner or later by every chain on top: they come with the first page that is fetched. */
  readonly ahead?: readonly Address[];
}

/**
 * Reads the state after a block of a remote chain. What was read once stays in memory.
 * @param codes code of the accounts read goes here
 */
export function createRemoteReader(
  remote: Remote,
  block: bigint,
  codes: CodeTable,
  { balanceOnly, nonceOnly = NOBODY, ahead = [] }: AccountHints,
): StateReader {
  const at = numberParam(block);
  const accounts = new Map<Address, AccountFields | undefined>();
  const slots = new Map<string, Uint8Array>();
  const proofs = new Map<string, AccountProof>();
  const waiting = [...ahead];
  let guessed: Map<string, Page> | undefined;

  function accountPage(address: Address): Page {
    if (balanceOnly.has(address)) return balancePage(address);
    if (nonceOnly.has(address)) return noncePage(address);
    return {
      requests: [
        { method: "eth_getBalance", params: [address, at] },
        { method: "eth_getTransactionCount", params: [address, at] },
        { method: "eth_getCode", params: [address, at] },
      ],
      keep([balance, nonce, code]) {
        const decode = createDecoder(remote.url, "eth_getBalance, eth_getTransactionCount or eth_getCode");
        const bytes = decode.data(code);
        const codeHash = bytes.length === 0 ? EMPTY_CODE_HASH : keccak256Hex(bytes);
        if (bytes.length > 0 && !codes.has(codeHash)) codes.set(codeHash, bytes);
        const fields = {
          balance: decode.quantity(balance),
          nonce: decode.quantity(nonce),
          codeHash,
          hasStorage: false,
        };
        const isAbsent = fields.balance === 0n && fields.nonce === 0n && bytes.length === 0;
        accounts.set(address, isAbsent ? undefined : fields);
      },
    };
  }

  function balancePage(address: Address): Page {
    return {
      requests: [{ method: "eth_getBalance", params: [address, at] }],
      keep([answer]) {
        const balance = createDecoder(remote.url, "eth_getBalance").quantity(answer);
        const fields = { balance, nonce: 0n, codeHash: EMPTY_CODE_HASH, hasStorage: false };
        accounts.set(address, balance === 0n ? undefined : fields);
      },
    };
  }

  function noncePage(address: Address): Page {
    return {
      requests: [{ method: "eth_getTransactionCount", params: [address, at] }],
      keep([answer]) {
        const nonce = createDecoder(remote.url, "eth_getTransactionCount").quantity(answer);
        accounts.set(address, { balance: 0n, nonce, codeHash: EMPTY_CODE_HASH, hasStorage: false });
      },
    };
  }

  function slotPage(address: Address, slot: Word, key: string): Page {
    return {
      requests: [{ method: "eth_getStorageAt", params: [address, slot, at] }],
      keep([value]) {
        slots.set(key, trimZeros(createDecoder(remote.url, "eth_getStorageAt").data(value)));
      },
    };
  }

  async function load(wanted: readonly Page[]): Promise<void> {
    const pages = [
      ...wanted,
      ...waiting.splice(0).flatMap((address) => (accounts.has(address) ? [] : accountPage(address))),
    ];
    const answers = await remote.ask(
      pages.flatMap(({ requests }) => requests),
      always,
    );
    let from = 0;
    for (const page of pages) {
      page.keep(answers.slice(from, from + page.requests.length));
      from += page.requests.length;
    }
  }

  const source: PageSource = {
    async foresee(work) {
      const pages = new Map<string, Page>();
      guessed = pages;
      try {
        await work();
      } finally {
        guessed = undefined;
      }
      if (pages.size > 0) await load([...pages.values()]);
      return pages.size;
    },
  };

  /** Takes a page from disk if it is all there. */
  function recall(page: Page): boolean {
    const answers = page.requests.map(remote.recall);
    if (answers.includes(undefined)) return false;
    page.keep(answers);
    return true;
  }

  /** Guesses, if that is what this run is for. */
  function miss(key: string, page: Page): void {
    if (guessed === undefined || guessed.size >= MOST_GUESSES) throw new MissingPage(() => load([page]), source);
    guessed.set(key, page);
  }

  return {
    account(address) {
      if (accounts.has(address)) return accounts.get(address);
      const page = accountPage(address);
      if (recall(page)) return accounts.get(address);
      miss(address, page);
      return GUESSED_ACCOUNT;
    },
    storage(address, slot) {
      const key = `${address}${slot}`;
      const known = slots.get(key);
      if (known !== undefined) return known;
      const page = slotPage(address, slot, key);
      if (!recall(page)) {
        miss(key, page);
        return EMPTY_BYTES;
      }
      return slots.get(key) ?? EMPTY_BYTES;
    },
    code: (codeHash) => codes.get(codeHash) ?? EMPTY_BYTES,
    prove(address, wanted) {
      const request: RemoteRequest = { method: "eth_getProof", params: [address, wanted, at] };
      const key = JSON.stringify(request.params);
      const known = proofs.get(key);
      if (known !== undefined) return known;
      throw new MissingPage(async () => {
        const [answer] = await remote.ask([request], always);
        proofs.set(key, decodeProof(remote.url, answer));
      });
    },
  };
}

function decodeProof(url: string, answer: unknown): AccountProof {
  const decode = createDecoder(url, "eth_getProof");
  const proof = decode.object(answer);
  const word = (value: unknown): Word => `0x${decode.quantity(value).toString(16).padStart(64, "0")}`;
  return {
    address: decode.address(proof.address),
    balance: decode.quantity(proof.balance),
    nonce: decode.quantity(proof.nonce),
    codeHash: decode.hash(proof.codeHash),
    storageHash: decode.hash(proof.storageHash),
    accountProof: decode.list(proof.accountProof).map(decode.data),
    storageProof: decode.list(proof.storageProof).map((value) => {
      const slot = decode.object(value);
      return { key: word(slot.key), value: word(slot.value), proof: decode.list(slot.proof).map(decode.data) };
    }),
  };
}
