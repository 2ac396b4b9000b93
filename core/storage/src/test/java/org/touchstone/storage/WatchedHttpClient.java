package org.touchstone.storage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** A real HTTP client before whose requests something happens. */
final class WatchedHttpClient implements SdkHttpClient {
  private final SdkHttpClient client = UrlConnectionHttpClient.create();
  private final Consumer<SdkHttpMethod> before;

  /** The process was killed. Not an exception that anybody handles. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private WatchedHttpClient(Consumer<SdkHttpMethod> before) {
    this.before = before;
  }

  /** The client of a process that makes a number of writes and is killed before the next one. */
  static WatchedHttpClient killedAfter(int writes) {
    AtomicInteger left = new AtomicInteger(writes);
    return new WatchedHttpClient(
        method -> {
          if (method != SdkHttpMethod.GET
              && method != SdkHttpMethod.HEAD
              && left.getAndDecrement() <= 0) {
            throw new Killed();
          }
        });
  }

  /**
   * A client with which something happens before one of its requests.
   *
   * @param number which of them, from 0
   */
  static WatchedHttpClient beforeRequest(int number, Runnable event) {
    AtomicInteger requests = new AtomicInteger();
    return new WatchedHttpClient(
        method -> {
          if (requests.getAndIncrement() == number) {
            event.run();
          }
        });
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    before.accept(request.httpRequest().method());
    return client.prepareRequest(request);
  }

  @Override
  public void close() {
    client.close();
  }
}
