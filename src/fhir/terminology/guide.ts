/** The NRCeS implementation guide that records are built and checked against; stored beside each record. */
export const NRCES_GUIDE_VERSION = '6.5.0';
