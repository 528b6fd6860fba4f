import { mkdtempSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { placesFor } from '../../../src/database/embedded/places.ts'
import { driverConfig, openServer, unloggedTransaction } from '../../../src/database/index.ts'
import { freshDatabase } from '../../support/database.ts'
import { removeServerOf } from '../../support/postgres.ts'

test('each test file has tables, and rows, of its own', async () => {
  const [one, other] = [await freshDatabase(), await freshDatabase()]
  await unloggedTransaction(one.database, (tx) =>
    tx.receipt.create({ data: { id: Buffer.from('a'), sealed: Buffer.from('a'), purgeOn: new Date('2026-01-31') } }),
  )
  expect(await one.database.read((tx) => tx.receipt.count())).toBe(1)
  expect(await other.database.read((tx) => tx.receipt.count())).toBe(0)
  await one.drop()
  await other.drop()
})

test('a connection that a test forgets fails its file', async () => {
  const { app, drop } = await freshDatabase()
  const forgotten = new pg.Client({ ...driverConfig(app), application_name: 'forgotten' })
  forgotten.on('error', () => {})
  await forgotten.connect()
  await expect(drop()).rejects.toThrow('the test left 1 connections open: forthright_app (forgotten)')
})

test('a service that ran on a data folder leaves nothing behind once its server is removed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'forthright-removed-'))
  const server = await openServer({ dataDir }, () => {})
  expect(() => removeServerOf(dataDir)).toThrow(/still lives/)
  await server.stop()
  removeServerOf(dataDir)
  expect(existsSync(placesFor(dataDir).home)).toBe(false)
  rmSync(dataDir, { recursive: true })
})
