package org.wasmservlet.server.tomcat;

import org.apache.catalina.LifecycleException;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.wasmservlet.server.option.Options.Endpoint;
import org.wasmservlet.server.option.Options.Tls;

/** Makes the connector: HTTP/1.1 and HTTP/2, in plain text or with TLS. */
final class Connectors {
  private Connectors() {}

  /**
   * Makes one that has its port, but lets nobody in yet.
   *
   * @throws StartException if it cannot listen there
   */
  static Connector bound(Listener listener, Endpoint endpoint, Service service)
      throws StartException {
    Connector connector = new Connector(new Http11NioProtocol(listener));
    connector.setService(service);
    // The usual one logs that it has failed, and stays.
    connector.setThrowOnFailure(true);
    connector.setProperty("address", endpoint.address());
    connector.setPort(endpoint.port());
    // By ALPN with TLS; else where a connection begins with its preface, or asks for the upgrade.
    connector.addUpgradeProtocol(new Http2Protocol());
    endpoint.tls().ifPresent(tls -> secure(connector, tls));
    try {
      connector.init();
      return connector;
    } catch (LifecycleException e) {
      throw new StartException(
          "command line: --address '"
              + endpoint.address()
              + "', --port '"
              + endpoint.port()
              + "'"
              + endpoint
                  .tls()
                  .map(tls -> ", --tls-certificate '" + tls.certificate() + "'")
                  .orElse("")
              + ": cannot listen: "
              + StartException.rootMessage(e),
          e);
    }
  }

  private static void secure(Connector connector, Tls tls) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateFile(tls.certificate().toString());
    certificate.setCertificateKeyFile(tls.key().toString());
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
    connector.setProperty("SSLEnabled", "true");
    connector.setScheme("https");
    connector.setSecure(true);
  }
}
