package org.touchstone.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A body that is kept in memory up to a limit; a longer one is an error. */
final class LimitedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final long limit;
  private long received;
  private Flow.Subscription subscription;
  private boolean ended;

  private LimitedBody(long limit) {
    this.limit = limit;
  }

  static BodyHandler<byte[]> of(long limit) {
    return response -> new LimitedBody(limit);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    bytes.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      received += buffer.remaining();
    }
    if (received <= limit) {
      bytes.onNext(buffers);
    } else if (!ended) {
      ended = true;
      subscription.cancel();
      bytes.onError(new IOException("the answer is longer than " + limit + " bytes"));
    }
  }

  @Override
  public void onError(Throwable thrown) {
    if (!ended) {
      ended = true;
      bytes.onError(thrown);
    }
  }

  @Override
  public void onComplete() {
    if (!ended) {
      ended = true;
      bytes.onComplete();
    }
  }
}
