/** The vocabularies of CBV 2.0, each in the order of the contracts' enums: a term's number is its place plus one, NONE is 0, OWN the last. */
export interface Vocabulary {
  readonly name: string;
  readonly terms: readonly string[];
  /** What stands before a term in GS1's web vocabulary. */
  readonly web: string;
  /** What stands before a term in the older URN form. */
  readonly urn?: string;
}

const CBV = "https://ref.gs1.org/cbv/";
const URN = "urn:epcglobal:cbv:";
/** GS1's web vocabulary, of measurement types and alerts. */
export const GS1_VOC = "https://gs1.org/voc/";

/** Business steps. */
export const BIZ_STEPS: Vocabulary = {
  name: "business step",
  web: `${CBV}BizStep-`,
  urn: `${URN}bizstep:`,
  terms: (
    "accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning departing " +
    "destroying disassembling dispensing encoding entering_exiting holding inspecting installing killing loading other packing picking " +
    "receiving removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound " +
    "stock_taking stocking storing transporting unloading unpacking void_shipping"
  ).split(" "),
};

/** Dispositions. */
export const DISPOSITIONS: Vocabulary = {
  name: "disposition",
  web: `${CBV}Disp-`,
  urn: `${URN}disp:`,
  terms: (
    "active available completeness_inferred completeness_verified conformant container_closed container_open damaged destroyed dispensed " +
    "disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement " +
    "no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible " +
    "sellable_not_accessible stolen unavailable unknown"
  ).split(" "),
};

/** Types of business transactions. */
export const BIZ_TRANSACTION_TYPES: Vocabulary = {
  name: "business transaction type",
  web: `${CBV}BTT-`,
  urn: `${URN}btt:`,
  terms: "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt".split(" "),
};

/** Types of sources and destinations. */
export const SOURCE_TYPES: Vocabulary = {
  name: "source or destination type",
  web: `${CBV}SDT-`,
  urn: `${URN}sdt:`,
  terms: ["owning_party", "possessing_party", "location"],
};

/** Reasons of an error declaration. */
export const ERROR_REASONS: Vocabulary = {
  name: "error reason",
  web: `${CBV}ER-`,
  urn: `${URN}er:`,
  terms: ["did_not_occur", "incorrect_data"],
};

/** Components of a measurement. */
export const COMPONENTS: Vocabulary = {
  name: "component",
  web: `${CBV}Comp-`,
  terms:
    "x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude longitude altitude".split(
      " ",
    ),
};

/** Exceptions that a sensor reports. */
export const SENSOR_ALERTS: Vocabulary = {
  name: "sensor exception",
  web: GS1_VOC,
  terms: ["ALARM_CONDITION", "ERROR_CONDITION"],
};

/** Measurement types. */
export const MEASUREMENT_TYPES: Vocabulary = {
  name: "measurement type",
  web: GS1_VOC,
  terms: (
    "AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume Angle " +
    "AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity Count Density Dimensionless " +
    "DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength " +
    "Energy Exposure Force Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux " +
    "LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime " +
    "MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity Radioactivity " +
    "RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque " +
    "Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber"
  ).split(" "),
};

/** The five event kinds, in the order of the contracts' `EventKind`. */
export const EVENT_TYPES = [
  "ObjectEvent",
  "AggregationEvent",
  "TransactionEvent",
  "TransformationEvent",
  "AssociationEvent",
] as const;

/** The actions, in the order of the contracts' `Action`. */
export const ACTIONS = ["ADD", "OBSERVE", "DELETE"] as const;

/** The number of a vocabulary's OWN: one past its last term. */
export function ownNumber({ terms }: Vocabulary): number {
  return terms.length + 1;
}

/**
 * The bare term of a value that may be written in any of the forms, or nothing for one of somebody else's vocabulary.
 *
 * @param vocabulary - where to look
 * @param value - `shipping`, its web URI or its URN; compact URIs are expanded before
 */
export function termOf(vocabulary: Vocabulary, value: string): string | undefined {
  const { terms, web, urn } = vocabulary;
  if (terms.includes(value)) return value;
  const bare = value.startsWith(web)
    ? value.slice(web.length)
    : urn !== undefined && value.startsWith(urn)
      ? value.slice(urn.length)
      : undefined;
  return bare !== undefined && terms.includes(bare) ? bare : undefined;
}

/** The number of a term in the contracts' enum; OWN's for any other. */
export function termNumber(vocabulary: Vocabulary, value: string): number {
  const term = termOf(vocabulary, value);
  return term === undefined ? ownNumber(vocabulary) : vocabulary.terms.indexOf(term) + 1;
}
