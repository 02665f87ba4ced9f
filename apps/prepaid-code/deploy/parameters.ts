import type { ParameterCatalogue } from "@banyan/app-common/policy";

/**
 * Every prepaid parameter and the units it may be stated in; the ids are those of
 * `contracts/prepaid/libraries/PrepaidParameters.sol`.
 */
export const PREPAID_PARAMETERS = {
  "prepaid.warning.general": ["CNY"],
  "prepaid.ratio.general": ["percent"],
  "prepaid.warning.specialShare": ["percent"],
  "prepaid.warning.specialCap": ["CNY"],
  "prepaid.ratio.special": ["percent"],
  "prepaid.young.days": ["days"],
  "prepaid.ratio.trade": ["percent"],
  "prepaid.quarter.scale": ["percent"],
  "prepaid.quarter.group": ["percent"],
  "prepaid.quarter.brand": ["percent"],
  "prepaid.lowWater": ["percent"],
  "prepaid.cure.days": ["days"],
  "prepaid.payout.threshold": ["CNY"],
  "prepaid.licence.minDays": ["days"],
  "prepaid.cap.revenue": ["percent"],
  "prepaid.cap.capital": ["percent"],
  "prepaid.lease.bound": ["switch"],
  "prepaid.cap.named": ["CNY"],
  "prepaid.cap.bearer": ["CNY"],
  "prepaid.cap.consumer": ["CNY"],
  "prepaid.cap.stored": ["CNY"],
  "prepaid.cap.visits": ["CNY"],
  "prepaid.cap.visitCount": ["count"],
  "prepaid.cap.period": ["CNY"],
  "prepaid.cap.periodMonths": ["months"],
  "prepaid.charge.months": ["months"],
  "prepaid.charge.visits": ["count"],
  "prepaid.charge.earlyDays": ["days"],
  "prepaid.charge.renewAt": ["count"],
  "prepaid.platform.waivesCap": ["switch"],
  "prepaid.id.bearerFrom": ["CNY"],
  "prepaid.transfer.organisation": ["CNY"],
  "prepaid.transfer.person": ["CNY"],
  "prepaid.bearer.minMonths": ["months"],
  "prepaid.coolingOff.days": ["days"],
  "prepaid.coolingOff.unused": ["switch"],
  "prepaid.coolingOff.payDays": ["days", "workingDays"],
  "prepaid.refund.payDays": ["days", "workingDays"],
  "prepaid.refund.workDays": ["switch"],
  "prepaid.neutral.atList": ["switch"],
  "prepaid.rate.operator": ["percent"],
  "prepaid.rate.consumer": ["percent"],
  "prepaid.rate.custody": ["percent"],
  "prepaid.notice.closing": ["days"],
  "prepaid.notice.exit": ["days"],
  "prepaid.contest.days": ["days"],
  "prepaid.answer.days": ["days"],
  "prepaid.mark.workingDays": ["workingDays"],
  "prepaid.report.day": ["dayOfMonth"],
  "prepaid.penalty.days": ["days"],
} as const satisfies ParameterCatalogue;

/** The id of a prepaid parameter, as its name in ASCII. */
export type PrepaidParameter = keyof typeof PREPAID_PARAMETERS;

/** Whether a text is the id of a prepaid parameter. */
export function isPrepaidParameter(id: string): id is PrepaidParameter {
  return Object.hasOwn(PREPAID_PARAMETERS, id);
}
