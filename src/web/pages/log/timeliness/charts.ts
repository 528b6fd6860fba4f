import type { RuleFigures } from '../../../../reporting/index.ts'

/** A month as its column and its row in the table are drawn. */
export interface MonthRow {
  readonly month: string
  readonly short: string
  readonly inTime: number
  readonly late: number
  readonly open: number
  readonly excluded: number
}

/** Both sizes of a drawing: a wide one does not fit a phone, whose letters would be six pixels high. */
const sizes = { wide: { width: 640, height: 300 }, narrow: { width: 320, height: 260 } } as const
export type Size = keyof typeof sizes

const margin = { left: 44, right: 12, top: 16, bottom: 40 }
/** What a number needs to stand inside a part of a column. */
const roomForNumber = 16

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Stands inside; empty where there is no room. */
  readonly number: string
  readonly numberX: number
  readonly numberY: number
}

interface Mark {
  readonly at: number
  readonly text: string
}

interface Frame {
  readonly size: Size
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly acrossY: number
  readonly rows: readonly Mark[]
  readonly across: readonly Mark[]
}

export interface Columns extends Frame {
  readonly inTime: readonly Box[]
  readonly late: readonly Box[]
  readonly open: readonly Box[]
}

export interface Curve extends Frame {
  readonly path: string
  /** Where the limit stands; null where it is not counted in working days. */
  readonly limitX: number | null
}

/** Columns of the newest months, in time below late below open; null where nothing is to be drawn. */
export function columnsOf(months: readonly MonthRow[], size: Size): Columns | null {
  const shown = months.slice(-12)
  const most = Math.max(0, ...shown.map(({ inTime, late, open }) => inTime + late + open))
  if (most === 0) return null
  const frame = frameOf(size)
  const top = roundUp(most)
  const step = (frame.right - frame.left) / shown.length
  const width = Math.min(48, Math.round(step * 0.7))
  const y = (value: number) => frame.bottom - ((frame.bottom - frame.top) * value) / top
  const boxes = (read: (month: MonthRow) => readonly [number, number]) =>
    shown.flatMap((month, index): Box[] => {
      const [below, count] = read(month)
      const x = frame.left + step * index + (step - width) / 2
      return count === 0 ? [] : [boxOf({ x, width, from: y(below), to: y(below + count), count })]
    })
  const everyOther = size === 'narrow' && shown.length > 6 ? 3 : shown.length > 8 ? 2 : 1
  return {
    ...frame,
    rows: [0, top / 2, top].filter(Number.isInteger).map((value) => ({ at: round(y(value)), text: String(value) })),
    across: shown.flatMap(({ short }, index) =>
      index % everyOther === 0 ? [{ at: round(frame.left + step * (index + 0.5)), text: short }] : [],
    ),
    inTime: boxes(({ inTime }) => [0, inTime]),
    late: boxes(({ inTime, late }) => [inTime, late]),
    open: boxes(({ inTime, late, open }) => [inTime + late, open]),
  }
}

/** The estimate as steps from everything open down; null where no clock was watched. */
export function curveOf({ estimate, unit, limit }: RuleFigures, size: Size): Curve | null {
  const { steps } = estimate
  const last = steps.at(-1)
  if (last === undefined) return null
  const frame = frameOf(size)
  const most = Math.max(last.day, unit === 'working_days' ? limit : 0, 1)
  const x = (day: number) => frame.left + ((frame.right - frame.left) * day) / most
  const y = (share: number) => frame.bottom - (frame.bottom - frame.top) * share
  const path = [
    `M${round(x(0))} ${round(y(1))}`,
    ...steps.map(({ day, open }) => `H${round(x(day))}V${round(y(open))}`),
    `H${round(x(most))}`,
  ]
  return {
    ...frame,
    rows: [0, 50, 100].map((percent) => ({ at: round(y(percent / 100)), text: `${percent}%` })),
    across: [0, Math.round(most / 2), most]
      .filter((day, index, all) => all.indexOf(day) === index)
      .map((day) => ({ at: round(x(day)), text: String(day) })),
    path: path.join(''),
    limitX: unit === 'working_days' ? round(x(limit)) : null,
  }
}

function frameOf(size: Size): Frame {
  const { width, height } = sizes[size]
  const bottom = height - margin.bottom
  return {
    ...{ size, width, height },
    ...{ left: margin.left, right: width - margin.right, top: margin.top, bottom },
    acrossY: bottom + 18,
    rows: [],
    across: [],
  }
}

function boxOf({ x, width, from, to, count }: { x: number; width: number; from: number; to: number; count: number }): Box {
  const height = from - to
  return {
    ...{ x: round(x), y: round(to), width, height: round(height) },
    number: height >= roomForNumber && width >= 8 * String(count).length ? String(count) : '',
    numberX: round(x + width / 2),
    numberY: round(to + height / 2 + 5),
  }
}

/** The end of a scale: 1, 2, 4 or 10 times a power of ten, so that half of it is whole from 2 on. */
function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 6, 8, 10].map((times) => times * power).find((end) => end >= most) ?? most
}

const round = (value: number): number => Math.round(value * 10) / 10
