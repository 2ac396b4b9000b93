package org.touchstone.local.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.Map;

/**
 * Addresses of a running stack. Any AWS SDK client can use them.
 *
 * @param api base address of the REST API
 * @param queues queue URLs by endpoint name
 * @param accessKeyId for the embedded services only, which accept nothing unsigned
 * @param simulatedNetwork the network on which the bot can be tried; absent without one
 */
public record Addresses(
    URI api,
    URI s3,
    URI sqs,
    URI stepFunctions,
    String stateMachineArn,
    String bucket,
    Map<String, URI> queues,
    String region,
    String accessKeyId,
    String secretAccessKey,
    @JsonInclude(JsonInclude.Include.NON_NULL) URI simulatedNetwork) {}
