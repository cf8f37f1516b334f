// What Cognito would refuse of a risk configuration.
import type { JsonObject } from '../../model.ts'
import { checkWith, mapOf, rule } from '../../table/rule.ts'

export const checkRisk = checkWith([
  rule(
    'COG2901',
    values => {
      const takeover = mapOf(values, 'risk.accountTakeoverRiskConfiguration')
      const actions = Object.entries((takeover?.['actions'] ?? {}) as { [level: string]: JsonObject })
      return takeover !== undefined && takeover['notifyConfiguration'] === undefined
        ? actions.filter(([, action]) => action['notify'] === true).map(([level]) => level)
        : undefined
    },
    {
      field: 'risk.accountTakeoverRiskConfiguration',
      message: wrong => `${wrong} notifies people, and nothing says how`,
      hint: 'state notifyConfiguration with the sourceArn of an SES identity, or notify: false',
    },
  ),
])
