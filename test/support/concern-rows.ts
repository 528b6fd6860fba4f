/** What the use cases do to a concern's row, for a bench that does nothing else. */
export { changeConcern, lockConcern, readConcern } from '../../src/concerns/concern-store.ts'
