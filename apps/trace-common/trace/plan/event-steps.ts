import { BIZ_STEPS, DISPOSITIONS, termNumber } from "../../epcis/index.ts";

const step = (term: string): number => termNumber(BIZ_STEPS, term);

/** The numbers of kinds of events. */
export const KIND = { OBJECT: 1, AGGREGATION: 2, TRANSACTION: 3, TRANSFORMATION: 4, ASSOCIATION: 5 } as const;
/** The numbers of actions. */
export const ACTION = { ADD: 1, OBSERVE: 2, DELETE: 3 } as const;
/** The numbers of steps that do something with goods. */
export const STEP = {
  COMMISSIONING: step("commissioning"),
  PACKING: step("packing"),
  INSTALLING: step("installing"),
  SHIPPING: step("shipping"),
  RECEIVING: step("receiving"),
  ACCEPTING: step("accepting"),
  VOID_SHIPPING: step("void_shipping"),
  RETAIL_SELLING: step("retail_selling"),
  DISPENSING: step("dispensing"),
} as const;
/** The numbers of dispositions that tell what a step does. */
export const DISPOSITION = {
  ACTIVE: termNumber(DISPOSITIONS, "active"),
  RETURNED: termNumber(DISPOSITIONS, "returned"),
} as const;

/** Whether a step sells. */
export function isSale(step: number): boolean {
  return step === STEP.RETAIL_SELLING || step === STEP.DISPENSING;
}
