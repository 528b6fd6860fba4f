import { describe, expect, test } from 'vitest'
import { neutralBrand } from '../../src/web/layout/index.ts'
import { createAssets, createBrandedAssets, stylesheet } from '../../src/web/static/assets.ts'
import { createHttpClient } from '../support/http-client.ts'
import { smallApp } from '../unit/http/small-app.ts'

describe('what a browser loads with every page', () => {
  const { paths, routes } = createAssets(neutralBrand)

  test('names no other host, asks for no font, and holds no script', async () => {
    const client = await createHttpClient(smallApp({ routes }).app)
    try {
      for (const path of Object.values(paths)) {
        const { status, text, headers } = await client.get(path)
        expect(status).toBe(200)
        expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@font-face|<script|\son\w+=/i)
        expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      }
    } finally {
      await client.close()
    }
  })

  test('has every picture that its style sheet draws with', async () => {
    const client = await createHttpClient(smallApp({ routes }).app)
    try {
      const css = await client.get(paths.stylesheet)
      const pictures = [...css.text.matchAll(/url\(([^)]+)\)/g)]
        .map(([, name = '']) => name.replaceAll(/["']/g, ''))
        .filter((name) => !name.startsWith('data:'))
      expect(pictures.length).toBeGreaterThan(0)
      for (const picture of new Set(pictures)) {
        const { status, headers } = await client.get(new URL(picture, `http://x${paths.stylesheet}`).pathname)
        expect([picture, status, headers.get('content-type')]).toEqual([picture, 200, 'image/svg+xml'])
      }
    } finally {
      await client.close()
    }
  })

  test('is fetched anew when it changes, since its address holds its version', async () => {
    const other = createAssets({ ...neutralBrand, headerColour: '#112233' })
    expect(other.paths.stylesheet).not.toBe(paths.stylesheet)
    const client = await createHttpClient(smallApp({ routes }).app)
    try {
      expect((await client.get(other.paths.stylesheet)).status).toBe(404)
      expect((await client.get(paths.stylesheet.replace('styles.css', '..%2f..%2fpackage.json'))).status).toBe(404)
    } finally {
      await client.close()
    }
  })

  test('keeps the look of a page that was drawn before the brand was changed, and forgets the oldest', async () => {
    const assets = createBrandedAssets()
    const before = assets.pathsOf(neutralBrand)
    const after = assets.pathsOf({ ...neutralBrand, headerColour: '#112233' })
    expect(assets.pathsOf(neutralBrand)).toEqual(before)
    const client = await createHttpClient(smallApp({ routes: assets.routes }).app)
    try {
      expect((await client.get(before.stylesheet)).text).toContain(neutralBrand.headerColour)
      expect((await client.get(after.stylesheet)).text).toContain('#112233')
      for (let n = 0; n < 6; n += 1) assets.pathsOf({ ...neutralBrand, headerColour: `#00000${n}` })
      expect((await client.get(before.stylesheet)).status).toBe(404)
    } finally {
      await client.close()
    }
  })

  test('stops start-up if the kit ever names another host again', () => {
    expect(() => stylesheet(neutralBrand, 'body{background:url(https://assets.example/x.png)}')).toThrow('names another host')
    expect(() => stylesheet(neutralBrand, 'body{background:url(//assets.example/x.png)}')).toThrow('names another host')
    expect(stylesheet(neutralBrand, '@font-face{src:url(https://assets.example/x.woff)}p{margin:0}')).toContain('p{margin:0}')
  })
})
