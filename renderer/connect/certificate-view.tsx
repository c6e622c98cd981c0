// The certificate of a server that this computer does not trust, shown before any login, with the tick that trusts it.
import { Checkbox } from "@fluentui/react-components";
import type { CertificateFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { fingerprintGroups } from "./fingerprint-groups.ts";

export interface CertificateViewProps {
  readonly certificate: CertificateFacts;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
}

export function CertificateView({ certificate, isTicked, onTick }: CertificateViewProps) {
  const words = text.certificate;
  const rows = [
    [words.subject, visibleText(certificate.subject)],
    [words.issuer, visibleText(certificate.issuer)],
    [words.names, certificate.names.map(visibleText).join(", ")],
    [words.validTo, certificate.validTo],
  ];
  return (
    <section className="certificate" aria-labelledby="certificate-heading">
      <b id="certificate-heading" role="alert">
        {words.heading}
      </b>
      {certificate.because === undefined ? null : <p>{visibleText(certificate.because)}</p>}
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{words.fingerprint}</dt>
          <dd className="certificate-fingerprint">{fingerprintGroups(certificate.fingerprint)}</dd>
        </div>
      </dl>
      <p>{words.compare}</p>
      <Checkbox
        label={words.trust}
        checked={isTicked}
        onChange={(_event, data) => {
          onTick(data.checked === true);
        }}
      />
    </section>
  );
}
