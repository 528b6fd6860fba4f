/**
 * Demonstration: sample concerns, retold from public inquiries, raised and handled by the demonstration people through the same use cases
 * as everybody's. Only a database stamped `demonstration` ever meets it.
 */
export { addSampleConcerns } from './sample-concerns.ts'
export { readCases, type Case, type Step } from './cases.ts'
export { planHandling } from './handle-case.ts'
