// The closed set of codecs: settings whose form in the file differs from AWS's.
import type { Json, JsonObject, Term } from '../model.ts'
import type { Codec, Wires } from './kind.ts'
import { durationOf, secondsOf, type Unit } from './schemas.ts'

const unitOf = { seconds: 's', minutes: 'm', hours: 'h', days: 'd' } as const
type UnitName = keyof typeof unitOf
const seconds = (amount: number, unit: Unit) => amount * (secondsOf(`1${unit}`) ?? 1)

/** `7d` ↔ a number in a fixed unit. */
export const durationIn = (wire: string, unit: Unit): Codec => ({
  toWire: value => ({ [wire]: (secondsOf(value) ?? 0) / seconds(1, unit) }),
  fromWire: wires => {
    const amount = wires[wire]
    return typeof amount === 'number' ? durationOf(seconds(amount, unit)) : undefined
  },
})

/**
 * `1h` ↔ a number and its unit member. Reads without units mean hours for access and ID tokens and days for
 * refresh tokens [D]; writes always say the unit.
 */
export const tokenValidity = (wire: string, unitWire: string, defaultUnit: UnitName): Codec => ({
  toWire: value => {
    const total = secondsOf(value) ?? 0
    const units = [defaultUnit, 'days', 'hours', 'minutes', 'seconds'] as const
    const unit = units.find(unit => total % seconds(1, unitOf[unit]) === 0) ?? 'seconds'
    return { [wire]: total / seconds(1, unitOf[unit]), [unitWire]: unit }
  },
  fromWire: wires => {
    const amount = wires[wire]
    if (typeof amount !== 'number' || amount === 0) return undefined
    return durationOf(seconds(amount, unitOf[(wires[unitWire] as UnitName | undefined) ?? defaultUnit]))
  },
})

/** A block whose being there is the setting: `true` ↔ there, `false` ↔ not there. */
export const presence = (wire: string): Codec => ({
  isPresence: true,
  toWire: value => ({ [wire]: value === true ? {} : undefined }),
  fromWire: wires => wires[wire] !== undefined,
})

/** An object whose absence differs from every value: members renamed, nothing filled in. */
export const block = (wire: string, members: { [file: string]: string }): Codec => ({
  toWire: value => ({ [wire]: renamed(value as JsonObject, members) }),
  fromWire: wires => {
    const back = Object.fromEntries(Object.entries(members).map(([file, member]) => [member, file]))
    return wires[wire] === undefined ? undefined : renamed(wires[wire] as JsonObject, back)
  },
})

const renamed = (object: JsonObject, names: { [from: string]: string }): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [names[name] ?? name, value]))

/** A function and the version of the event it takes; a plain ARN is version 1. `legacy` is AWS's older twin of it. */
export const trigger = (config: string, legacy?: string): Codec => ({
  toWire: value => {
    const { arn, version } = isVersioned(value) ? value : { arn: value, version: 'V1_0' }
    return {
      [config]: { LambdaVersion: version ?? 'V1_0', LambdaArn: arn },
      ...(legacy !== undefined && { [legacy]: arn }),
    }
  },
  fromWire: wires => {
    const versioned = wires[config] as { LambdaVersion: string; LambdaArn: Term } | undefined
    if (versioned !== undefined)
      return versioned.LambdaVersion === 'V1_0'
        ? versioned.LambdaArn
        : { arn: versioned.LambdaArn, version: versioned.LambdaVersion }
    return legacy === undefined ? undefined : wires[legacy]
  },
})

const isVersioned = (value: Term): value is { arn: Term; version?: string } =>
  typeof value === 'object' && value !== null && 'arn' in value

/** Tags as a map; AWS's own (`aws:`) are nobody's business. */
export const tagMap = (wire: string): Codec => ({
  toWire: value => ({ [wire]: value }),
  fromWire: wires => (wires[wire] === undefined ? undefined : withoutAws(wires[wire] as JsonObject)),
})

/** Tags as IAM has them: `[{ Key, Value }]`. */
export const tagList = (wire: string): Codec => ({
  toWire: value => ({ [wire]: Object.entries(value as JsonObject).map(([Key, Value]) => ({ Key, Value })) }),
  fromWire: wires =>
    wires[wire] === undefined
      ? undefined
      : withoutAws(
          Object.fromEntries(
            (wires[wire] as { Key: string; Value: Json }[]).map(({ Key, Value }) => [Key, Value]),
          ),
        ),
})

const withoutAws = (tags: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')))

/** `[verified_email, ...]` in order of priority ↔ `[{ Name, Priority }]`. */
export const recoveryOrder = (wire: string): Codec => ({
  toWire: value => ({ [wire]: (value as string[]).map((Name, index) => ({ Name, Priority: index + 1 })) }),
  fromWire: wires => {
    const mechanisms = wires[wire] as { Name: string; Priority: number }[] | undefined
    return (
      mechanisms && [...mechanisms].sort((a, b) => a.Priority - b.Priority).map(mechanism => mechanism.Name)
    )
  },
})

/** Names of authentication context classes by level; AWS fills every level that is not named [JS][D]. */
export const acrLevels = (wire: string): Codec => {
  const standard = (level: string) => `urn:cognito:loa:${level.slice('Level'.length)}`
  const levels = ['Level1', 'Level2', 'Level3', 'Level4']
  return {
    toWire: value => ({
      [wire]: Object.fromEntries(
        levels.map(level => [
          level,
          {
            AcrValue:
              ((value as JsonObject)[level] as JsonObject | undefined)?.['acrValue'] ?? standard(level),
          },
        ]),
      ),
    }),
    fromWire: wires =>
      wires[wire] === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(wires[wire] as { [level: string]: { AcrValue: string } })
              .filter(([level, { AcrValue }]) => AcrValue !== standard(level))
              .map(([level, { AcrValue }]) => [level, { acrValue: AcrValue }]),
          ),
  }
}

/** One of a codec's wires, as an object. */
export const objectAt = (wires: Wires, wire: string): JsonObject | undefined =>
  wires[wire] as JsonObject | undefined
