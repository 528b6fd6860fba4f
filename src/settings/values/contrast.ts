/** WCAG 2.2 SC 1.4.3 for text of normal size. */
export const leastContrast = 4.5

/** The contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2 "contrast ratio"). Throws on any other notation. */
export function contrastRatio(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (parts === null) throw new Error('brand: colours are written #rrggbb')
  const [red, green, blue] = parts.slice(1).map((hex) => linear(Number.parseInt(hex, 16) / 255)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
