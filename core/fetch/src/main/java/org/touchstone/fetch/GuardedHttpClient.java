package org.touchstone.fetch;

import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.util.Timeout;
import org.touchstone.fetch.ProxyRules.HttpProxy;

/**
 * An HTTP client without automatic features: no redirects, retries, cookies, authentication,
 * proxies, decompression or connection reuse. It only speaks HTTP over guarded sockets, with
 * bounded headers. An operator's proxy is the one exception.
 */
final class GuardedHttpClient {
  private static final int MAX_HEADER_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;
  private static final int MAX_CONNECTIONS = 1024;
  private static final String USER_AGENT = "Touchstone/0.1 (media verification)";

  private GuardedHttpClient() {}

  /**
   * @param proxy the only host that it connects to; null to connect to each server itself
   */
  static CloseableHttpClient create(
      FetchPolicy policy, DnsResolver dns, AddressRules rules, SSLContext tls, HttpProxy proxy) {
    Timeout connectTimeout = Timeout.of(policy.connectTimeout());
    Timeout idleTimeout = Timeout.of(policy.idleTimeout());
    return HttpClients.custom()
        .setConnectionManager(connections(policy, dns, rules, tls))
        .setRoutePlanner(
            proxy == null
                ? new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE)
                : new DefaultProxyRoutePlanner(
                    new HttpHost("http", proxy.host(), proxy.port()),
                    DefaultSchemePortResolver.INSTANCE))
        .setDefaultCredentialsProvider(logins(proxy))
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connectTimeout)
                .setResponseTimeout(idleTimeout)
                .setAuthenticationEnabled(proxy != null && proxy.user().isPresent())
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .build())
        .setUserAgent(USER_AGENT)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /** The proxy's password, for the proxy only: no other server that asks receives it. */
  private static CredentialsProvider logins(HttpProxy proxy) {
    BasicCredentialsProvider logins = new BasicCredentialsProvider();
    if (proxy != null && proxy.user().isPresent()) {
      logins.setCredentials(
          new AuthScope(proxy.host(), proxy.port()),
          new UsernamePasswordCredentials(proxy.user().get(), proxy.password().toCharArray()));
    }
    return logins;
  }

  private static PoolingHttpClientConnectionManager connections(
      FetchPolicy policy, DnsResolver dns, AddressRules rules, SSLContext tls) {
    Timeout connectTimeout = Timeout.of(policy.connectTimeout());
    return new GuardedConnections(rules)
        .setDnsResolver(dns)
        .setTlsSocketStrategy(
            ClientTlsStrategyBuilder.create()
                .setSslContext(tls)
                .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN)
                .buildClassic())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .charCodingConfig(
                    CharCodingConfig.custom()
                        .setCharset(StandardCharsets.UTF_8)
                        .setMalformedInputAction(CodingErrorAction.REPLACE)
                        .setUnmappableInputAction(CodingErrorAction.REPLACE)
                        .build())
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connectTimeout)
                .setSocketTimeout(Timeout.of(policy.idleTimeout()))
                .build())
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connectTimeout).build())
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS)
        .build();
  }

  /** Makes the library open guarded sockets instead of plain ones. */
  private static final class GuardedConnections extends PoolingHttpClientConnectionManagerBuilder {
    private final AddressRules rules;

    GuardedConnections(AddressRules rules) {
      this.rules = rules;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
        SchemePortResolver ports, DnsResolver dns, TlsSocketStrategy tls) {
      return new DefaultHttpClientConnectionOperator(
          proxy -> new GuardedSocket(rules),
          ports,
          dns,
          RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
    }
  }
}
