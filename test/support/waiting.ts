import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

/**
 * What the work comes to, or `waited` as soon as anybody stands in line behind a lock that this connection holds: the database says so itself,
 * and no clock is asked. The connection is in a transaction of its own, which the caller ends: until then the work may go on waiting.
 */
export async function unlessItWaits<T>(holder: pg.Client, work: Promise<T>): Promise<T | 'waited'> {
  let over = false
  const watch = async (): Promise<'waited'> => {
    for (;;) {
      const { rows } = await holder.query<{ waits: boolean }>(
        'select exists (select 1 from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))) as waits',
      )
      if (over || rows[0]!.waits) return 'waited'
      await pause(5)
    }
  }
  const watched = watch()
  try {
    return await Promise.race([work, watched])
  } finally {
    over = true
    await watched
  }
}
