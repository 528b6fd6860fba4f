import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createReadExtent, type ReadExtent } from '../../../src/audit/search/index.ts'
import { findPlaced, type PlaceSearch } from '../../../src/audit/search/search-store.ts'
import type { DateText } from '../../../src/kernel/index.ts'
import { freshDatabase, type FreshDatabase } from '../../support/database.ts'
import { fillLog } from '../../support/large-log.ts'
import { createChance } from '../../support/honest-log/chance.ts'

interface Place {
  readonly index: number
  readonly kind: string
  readonly day: DateText | null
}

const any: PlaceSearch = { period: null, kinds: [], actor: null, concern: null, before: null, limit: 26 }

describe('what a search of the log finds in its places', { timeout: 60_000 }, () => {
  let database: FreshDatabase
  let readExtent: ReadExtent
  let places: readonly Place[]

  const grow = async (size: number): Promise<void> => {
    await fillLog(database.asSuperuser, size)
    // One that was dated far from its place, as in a demonstration
    await database.asSuperuser.query(`alter table log_position disable trigger all`)
    await database.asSuperuser.query(`update log_position set day = '2022-12-03' where index = ${size - 3} and kind <> 'cover'`)
    await database.asSuperuser.query(`alter table log_position enable always trigger log_position_append_only`)
    const { rows } = await database.asSuperuser.query<Place>(
      'select index::int as index, kind, day::text as day from log_position order by index desc',
    )
    places = rows
  }
  beforeAll(async () => {
    database = await freshDatabase()
    readExtent = createReadExtent()
    await grow(1500)
  })
  afterAll(() => database.drop())

  const found = (search: Partial<PlaceSearch>) =>
    database.database.read(async (tx) => (await findPlaced(tx, { ...any, ...search }, await readExtent(tx))).map(({ index }) => index))
  /** The same, by reading everything. */
  const wanted = ({ period, kinds, before, limit }: PlaceSearch) =>
    places
      .filter(({ kind }) => (kinds.length === 0 ? kind !== 'cover' : (kinds as readonly string[]).includes(kind)))
      .filter(({ day }) => period === null || (day !== null && day >= period.from && day <= period.to))
      .filter(({ index }) => before === null || index < before)
      .slice(0, limit)
      .map(({ index }) => index)

  const compareAll = async (seed: number): Promise<void> => {
    const chance = createChance(seed)
    const days = [...new Set(places.flatMap(({ day }) => day ?? []))].toSorted()
    for (let round = 0; round < 60; round += 1) {
      const [one, other] = [chance.pick(days), chance.oneIn(3) ? chance.pick(days) : null]
      const period = chance.oneIn(4) ? null : { from: one, to: other === null || other < one ? one : other }
      const kinds = chance.pick([[], [], ['concern_viewed'], ['reporter_wrote', 'signed_in'], ['cover'], ['restore_declared']])
      const before = chance.oneIn(2) ? chance.below(places.length) : null
      const search = { ...any, period, kinds, before, limit: 1 + chance.below(60) } as PlaceSearch
      expect([search, await found(search)]).toEqual([search, wanted(search)])
    }
  }

  test('is what reading everything gives, for any period, kind and place to begin at', () => compareAll(1))

  test('goes on with what was added since it last looked', async () => {
    await grow(2600)
    await compareAll(2)
    const extent = await database.database.read((tx) => readExtent(tx))
    expect(extent).toMatchObject({ size: 2600, covers: places.filter(({ kind }) => kind === 'cover').length })
    expect(extent.placesOf({ from: '2019-01-01' as DateText, to: '2019-12-31' as DateText })).toBeNull()
  })
})
