/** Ctrl-C and SIGTERM as an AbortSignal: the first stops the work, which then cleans up after itself; a second does not wait for that. */
import { SluiceError } from '#model/errors.ts';

export interface StopSignal extends Disposable {
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

export function stopSignal(): StopSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new SluiceError('cancelled', 'Stopped: nothing was written.'));
  const onSignal = () => {
    // Whoever asks twice does not want to wait.
    if (controller.signal.aborted) process.exit(3);
    stop();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop,
    [Symbol.dispose]: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
