package org.touchstone.payers;

import java.io.IOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client whose process dies at a call: before it is sent, or when the service has done it
 * and the answer is on its way. From then on no call leaves any more, until it is revived.
 */
public final class Mortal implements SdkHttpClient {
  private final SdkHttpClient client;
  private int calls;
  private int deadlyCall = Integer.MAX_VALUE;
  private boolean diesAfter;
  private boolean dead;

  public Mortal(SdkHttpClient client) {
    this.client = client;
  }

  /**
   * @param call the call at which it dies, from 0
   * @param after whether the service does what is asked
   */
  public synchronized void dieAt(int call, boolean after) {
    calls = 0;
    deadlyCall = call;
    diesAfter = after;
  }

  /** Whether it died since it was told to; from now on it lives. */
  public synchronized boolean revive() {
    boolean was = dead;
    dead = false;
    deadlyCall = Integer.MAX_VALUE;
    return was;
  }

  private synchronized boolean isLast() throws IOException {
    if (dead) {
      throw new IOException("dead");
    }
    if (calls++ < deadlyCall) {
      return false;
    }
    dead = true;
    if (!diesAfter) {
      throw new IOException("dies before");
    }
    return true;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        boolean last = isLast();
        HttpExecuteResponse answer = client.prepareRequest(request).call();
        if (last) {
          throw new IOException("dies after");
        }
        return answer;
      }

      @Override
      public void abort() {
        // Nothing is under way between the calls of a test.
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
