/** The address for phones as a QR code, drawn as an image: the SVG never becomes part of the page. */

import styles from './Connect.module.css';
import { connectText } from './text.ts';

export interface QrCodeProps {
  readonly svg: string;
  readonly address: string;
  /** Another device can reach the address without being told the proxy first. */
  readonly reachable: boolean;
}

export function QrCode({ svg, address, reachable }: QrCodeProps) {
  return (
    <section className={styles.card}>
      <h2 className={styles.cardTitle}>{connectText.phone}</h2>
      <div className={styles.phone}>
        <img
          className={styles.qr}
          src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
          alt={connectText.qrAlt(address)}
        />
        <p className={styles.text}>
          {reachable ? connectText.phoneText(address) : connectText.loopbackText(address)}
        </p>
      </div>
    </section>
  );
}
