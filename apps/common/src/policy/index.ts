export {
  celsiusOf,
  kelvinOf,
  type ParameterCatalogue,
  type ParameterFlags,
  type ParameterUnit,
} from "./parameter-catalogue.ts";
export { parameterId, regionId, tradeId } from "./parameter-id.ts";
export {
  type PolicyDocument,
  type PolicyParameter,
  parsePolicyDocument,
  readPolicyDocuments,
  type Sureness,
} from "./policy-document.ts";
export { type Publication, type PublicationArguments, planPublications } from "./publications.ts";
export {
  type PolicyContracts,
  type PublishPoliciesOptions,
  publishPolicies,
  SAMPLE_CALENDAR,
} from "./publish-policies.ts";
