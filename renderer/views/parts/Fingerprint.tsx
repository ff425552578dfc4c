/** A fingerprint, which breaks into lines only between its bytes. */
import { Fragment } from 'react';

export function Fingerprint({
  value,
  className,
}: {
  readonly value: string;
  readonly className?: string | undefined;
}) {
  return (
    <span className={className}>
      {value.split(':').map((byte, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bytes have no identity but their place
        <Fragment key={i}>
          {i === 0 ? null : (
            <>
              :<wbr />
            </>
          )}
          {byte}
        </Fragment>
      ))}
    </span>
  );
}
