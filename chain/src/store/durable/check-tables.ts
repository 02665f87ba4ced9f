import { encodeHeader } from "../../builder/block-codec.ts";
import { keccak256Hex } from "../../crypto/keccak.ts";
import { ChainError } from "../../errors.ts";
import type { Block } from "../../types.ts";
import { unpackBlock } from "./block-record.ts";
import { numberKey, type Tables } from "./tables.ts";

/** Blocks below the head that are looked at on every start. */
const RECENT = 256;

/** A block of the tables, whose checksum and hash hold. @throws ChainError `DATA_DAMAGED` */
export function readBlock(tables: Tables, number: number): Block {
  const record = tables.blocks.get(numberKey(number));
  if (record === undefined) throw new ChainError("DATA_DAMAGED", `Block ${number} is missing`, { block: number });
  const block = unpackBlock(record, number);
  if (keccak256Hex(encodeHeader(block.header)) !== block.hash)
    throw new ChainError("DATA_DAMAGED", `The header of block ${number} does not have its hash`, { block: number });
  return block;
}

/** Number of the last block in the tables; `undefined` if there is none. */
export function lastNumber(tables: Tables): number | undefined {
  for (const key of tables.blocks.getKeys({ reverse: true, limit: 1 })) return Buffer.from(key).readUInt32BE();
  return undefined;
}

/**
 * The last block, once the newest blocks are whole and follow one another. The state is checked when it is loaded, everything else by
 * `chain verify`.
 * @throws ChainError `DATA_DAMAGED`
 */
export function checkHead(tables: Tables): Block {
  const last = lastNumber(tables);
  if (last === undefined) throw new ChainError("DATA_DAMAGED", "The file holds no block", {});
  const head = readBlock(tables, last);
  let child = head;
  for (let number = last - 1; number >= 0 && number >= last - RECENT; number--) {
    const block = readBlock(tables, number);
    if (block.hash !== child.header.parentHash) {
      throw new ChainError("DATA_DAMAGED", `Block ${number + 1} does not follow block ${number}`, {
        block: number + 1,
      });
    }
    child = block;
  }
  return head;
}
