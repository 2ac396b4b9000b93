package org.touchstone.storage;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Removes {@code Expect: 100-continue} from S3 requests. For our small objects it costs a round
 * trip, and the JDK's URL connection loses some PUTs when the server answers at once. Configured in
 * {@code quarkus.s3.interceptors}.
 */
public final class NoExpectContinue implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
    return context.httpRequest().copy(request -> request.removeHeader("Expect"));
  }
}
