// What Cognito would refuse of sessions.

import { checkWith, rule, textOf } from '../../table/rule.ts'
import { secondsOf } from '../../table/schemas.ts'

const reuse = 'sessions.ssoSession.maxValidity'
/** What AWS has until it is told something else, in seconds. */
const usual = 3600

const tracking = ({ values }: { values: { [path: string]: unknown } }) =>
  values['sessions.userSessionTracking']

export const checkClientSessions = checkWith([
  rule(
    'COG2941',
    (values, { peers }) => {
      const time = textOf(values, reuse)
      const pools = peers('poolSessions').map(tracking)
      return time === undefined || secondsOf(time) === usual || pools.includes('ENABLED') ? undefined : time
    },
    {
      field: reuse,
      message: 'sessions are reused only where the user pool tracks them',
      hint: 'set `sessions: { userSessionTracking: ENABLED }` on the user pool',
      // a pool of which the file says nothing may track them already
      severity: ({ peers }) => (peers('poolSessions').length === 0 ? 'warning' : 'error'),
    },
  ),
])
