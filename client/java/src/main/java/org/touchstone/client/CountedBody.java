package org.touchstone.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A request's body that tells how much of it was sent. */
final class CountedBody implements BodyPublisher {
  private final BodyPublisher body;
  private final UploadProgress progress;

  CountedBody(BodyPublisher body, UploadProgress progress) {
    this.body = body;
    this.progress = progress;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(
        new Flow.Subscriber<>() {
          private long sent;

          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer bytes) {
            sent += bytes.remaining();
            subscriber.onNext(bytes);
            progress.sent(sent, contentLength());
          }

          @Override
          public void onError(Throwable thrown) {
            subscriber.onError(thrown);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
