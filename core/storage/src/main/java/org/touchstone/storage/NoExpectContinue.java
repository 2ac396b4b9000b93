package org.touchstone.storage;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Takes {@code Expect: 100-continue} off S3 requests: for our small objects it costs a round trip,
 * and the JDK's URL connection loses some of the PUTs whose server answers at once. Named in {@code
 * quarkus.s3.interceptors}.
 */
public final class NoExpectContinue implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
    return context.httpRequest().copy(request -> request.removeHeader("Expect"));
  }
}
