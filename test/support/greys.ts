import type { Locator, Page } from 'playwright-core'

/** How much of a picture is how light: eight shares from black to white, together 1. */
export type Greys = readonly number[]

/** What is painted where an element stands, as it is seen: forced colours, striped fills and numbers on it included. */
export async function greysOf(page: Page, element: Locator): Promise<Greys> {
  const box = await element.boundingBox()
  if (box === null) throw new Error('it is not drawn')
  const clip = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 }
  const png = await page.screenshot({ clip, fullPage: true })
  return page.evaluate<Greys>(`(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (letter) => letter.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
    canvas.drawImage(picture, 0, 0)
    const { data } = canvas.getImageData(0, 0, picture.width, picture.height)
    const shares = Array(8).fill(0)
    for (let at = 0; at < data.length; at += 4)
      shares[Math.min(7, Math.floor((0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2]) / 32))] += 4 / data.length
    return shares
  })()`)
}

/** From 0, the same greys in the same shares, to 1, none in common. */
export const unlike = (one: Greys, other: Greys): number => one.reduce((sum, share, at) => sum + Math.abs(share - (other[at] ?? 0)), 0) / 2
