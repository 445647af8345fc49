import { Router } from 'express';

/** `/healthz`: the process answers. `/readyz`: it takes new turns, and its store answers. */
export function createHealth(probe: { accepting: () => boolean; ping: () => Promise<void> }): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const ready = probe.accepting() && (await answers(probe.ping));
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not-ready' });
  });
  return router;
}

async function answers(ping: () => Promise<void>): Promise<boolean> {
  try {
    await ping();
    return true;
  } catch {
    return false;
  }
}
