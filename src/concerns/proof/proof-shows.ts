/** What is shown of what was raised: that much at least, or all of it. */
export const proofShows = ['day_and_readers', 'everything'] as const
export type ProofShows = (typeof proofShows)[number]
