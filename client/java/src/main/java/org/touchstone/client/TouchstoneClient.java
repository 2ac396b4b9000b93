package org.touchstone.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The client of one API with one key. It may be used by many threads at once. Every call answers
 * with a {@link java.util.concurrent.CompletableFuture}, which fails with a {@link
 * TouchstoneException}. Requests that are safe to repeat are repeated, as {@link RetryPolicy} says;
 * a request for an analysis is safe, because the client gives it an idempotency key.
 *
 * <pre>{@code
 * try (TouchstoneClient client = TouchstoneClient.at(URI.create("https://...")).key(key).build()) {
 *   Analysis analysis = client.analyses()
 *       .analyse(NewAnalysis.ofUrl("https://example.org/photo.jpg"), Duration.ofMinutes(10))
 *       .join();
 * }
 * }</pre>
 */
public final class TouchstoneClient implements AutoCloseable {
  private final HttpClient http;
  private final String base;
  private final AnalysesApi analyses;
  private final UploadsApi uploads;
  private final BatchesApi batches;
  private final WebhooksApi webhooks;
  private final DetectorsApi detectors;
  private final AccountsApi accounts;
  private final KeysApi keys;
  private final MembersApi members;
  private final AuditApi audit;
  private final BillingApi billing;
  private final LabelsApi labels;
  private final SourcesApi sources;
  private final FeedbackApi feedback;
  private final SharesApi shares;

  private TouchstoneClient(HttpClient http, Builder builder) {
    this.http = http;
    this.base = builder.base;
    Transport transport = new Transport(http, base, builder.key, builder.timeout, builder.retries);
    this.analyses = new AnalysesApi(transport);
    this.uploads = new UploadsApi(transport, URI.create(base), builder.uploadTimeout);
    this.batches = new BatchesApi(transport);
    this.webhooks = new WebhooksApi(transport);
    this.detectors = new DetectorsApi(transport);
    this.accounts = new AccountsApi(transport);
    this.keys = new KeysApi(transport);
    this.members = new MembersApi(transport);
    this.audit = new AuditApi(transport);
    this.billing = new BillingApi(transport);
    this.labels = new LabelsApi(transport);
    this.sources = new SourcesApi(transport);
    this.feedback = new FeedbackApi(transport);
    this.shares = new SharesApi(transport);
  }

  /**
   * A client of the API with this address, such as {@code https://api.example.org} or the address
   * that {@code up} prints.
   *
   * @throws IllegalArgumentException if it is not an HTTP(S) address without query and user
   */
  public static Builder at(URI baseUrl) {
    return new Builder(baseUrl);
  }

  public AnalysesApi analyses() {
    return analyses;
  }

  public UploadsApi uploads() {
    return uploads;
  }

  public BatchesApi batches() {
    return batches;
  }

  public WebhooksApi webhooks() {
    return webhooks;
  }

  public DetectorsApi detectors() {
    return detectors;
  }

  /** Accounts, for keys with the scope admin. */
  public AccountsApi accounts() {
    return accounts;
  }

  /** API keys, for keys with the scope admin. */
  public KeysApi keys() {
    return keys;
  }

  /** Members of accounts, for keys with the scope admin. */
  public MembersApi members() {
    return members;
  }

  /** Usage, prices, caps and statements. */
  public BillingApi billing() {
    return billing;
  }

  /** What people found out about media. */
  public LabelsApi labels() {
    return labels;
  }

  /** Accounts on platforms whose posts are trusted. */
  public SourcesApi sources() {
    return sources;
  }

  /** Opinions on analyses, for keys with the scope admin. */
  public FeedbackApi feedback() {
    return feedback;
  }

  /** Addresses at which results are shared. */
  public SharesApi shares() {
    return shares;
  }

  /** The audit log, for keys with the scope admin. */
  public AuditApi audit() {
    return audit;
  }

  /** Ends the connections; calls that are under way fail. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Names the API; the key is left out. */
  @Override
  public String toString() {
    return "TouchstoneClient[" + base + "]";
  }

  /** What a client is made of. */
  public static final class Builder {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,512}");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final String base;
    private final boolean overheard;
    private String key;
    private boolean plainHttp;
    private Duration timeout = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration uploadTimeout = Duration.ofHours(1);
    private RetryPolicy retries = RetryPolicy.DEFAULT;

    private Builder(URI url) {
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (!SCHEMES.contains(scheme)
          || url.getHost() == null
          || url.getRawUserInfo() != null
          || url.getRawQuery() != null
          || url.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "The API's address is like https://api.example.org, without a query or a user.");
      }
      String text = url.toString();
      this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      this.overheard = scheme.equals("http") && !isLoopback(url.getHost());
    }

    private static boolean isLoopback(String host) {
      if (host.equalsIgnoreCase("localhost")) {
        return true;
      }
      // Literal addresses only: a name is not looked up here.
      boolean literal = host.startsWith("[") || host.matches("[0-9]+(\\.[0-9]+){3}");
      try {
        return literal && InetAddress.getByName(host).isLoopbackAddress();
      } catch (java.net.UnknownHostException e) {
        return false;
      }
    }

    /**
     * The API key; without it, the API must be one that asks for none.
     *
     * @throws IllegalArgumentException if it has characters that no key has; the message does not
     *     repeat it
     */
    public Builder key(String key) {
      // The HTTP client would refuse it too, with a message that has it.
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException("This is not an API key.");
      }
      this.key = key;
      return this;
    }

    /** Lets a key go over plain HTTP to another machine, where it can be overheard. */
    public Builder allowPlainHttp() {
      this.plainHttp = true;
      return this;
    }

    /** How long one request may take, without the time that the server is asked to wait. */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /** How long a connection may take. */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    /** How long sending one file may take. */
    public Builder uploadTimeout(Duration uploadTimeout) {
      this.uploadTimeout = uploadTimeout;
      return this;
    }

    public Builder retries(RetryPolicy retries) {
      this.retries = retries;
      return this;
    }

    /**
     * The client.
     *
     * @throws IllegalStateException if a key would go over plain HTTP to another machine
     */
    public TouchstoneClient build() {
      if (overheard && key != null && !plainHttp) {
        throw new IllegalStateException(
            "Over plain HTTP the key could be overheard: use https, or allowPlainHttp().");
      }
      HttpClient http =
          HttpClient.newBuilder()
              .connectTimeout(connectTimeout)
              // A redirect would carry the key to wherever it leads.
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      return new TouchstoneClient(http, this);
    }
  }
}
