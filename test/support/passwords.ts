/** Argon2id at its floor: the tests sign in hundreds of times, and its cost is tested where it belongs. */
export const cheapPasswords = { memoryKiB: 64, passes: 1 }
