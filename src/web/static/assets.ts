import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createStaticFiles, type Route, type StaticFile } from '../../http/index.ts'
import type { AssetPaths, Brand } from '../layout/index.ts'

const kit = join(dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')), 'dist', 'nhsuk')
const own = (name: string): Buffer => readFileSync(join(import.meta.dirname, name))

/**
 * The kit's stylesheet without its fonts: stock CSS makes every visitor's browser ask an outside host for them, which tells that host who
 * reads this page. Its icons move beside it. Throws where an address of another host is left, so that an update of the kit can't
 * bring one back.
 */
export function stylesheet(brand: Brand, kitCss: string): string {
  const stripped = kitCss
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll('/assets/images/nhsuk-icon-', '')
    .replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, '')
  const colours = `:root{--app-header-colour:${brand.headerColour};--app-header-text-colour:${brand.headerTextColour}}`
  const css = `${stripped}\n${colours}\n${own('frame.css').toString()}\n${own('app.css').toString()}`
  if (/(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]/i.test(css)) throw new Error('the stylesheet names another host')
  return css
}

const svg = 'image/svg+xml'

/** The icons the stylesheet draws with, and no other asset of the kit: its favicons and pictures are the NHS's. */
const icons = ['arrow-down', 'arrow-up', 'arrow-up-down', 'cross']

/** Everything under `/static`, made at start and kept in memory: nothing generated lies in the tree. */
export function createAssets(brand: Brand): { readonly paths: AssetPaths; readonly routes: readonly Route[] } {
  const kitCss = readFileSync(join(kit, 'nhsuk-frontend.min.css'), 'utf8')
  const files: readonly StaticFile[] = [
    { name: 'styles.css', type: 'text/css; charset=utf-8', body: Buffer.from(stylesheet(brand, kitCss)) },
    { name: 'favicon.svg', type: svg, body: own('favicon.svg') },
    { name: 'favicon.ico', type: 'image/x-icon', body: own('favicon.ico') },
    ...icons.map((icon) => ({
      name: `${icon}.svg`,
      type: svg,
      body: readFileSync(join(kit, 'assets', 'images', `nhsuk-icon-${icon}.svg`)),
    })),
  ]
  const { route, hrefOf } = createStaticFiles(files)
  return { routes: [route], paths: { stylesheet: hrefOf('styles.css'), icon: hrefOf('favicon.ico'), iconSvg: hrefOf('favicon.svg') } }
}
