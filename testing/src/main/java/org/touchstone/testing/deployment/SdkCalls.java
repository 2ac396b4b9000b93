package org.touchstone.testing.deployment;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The IAM actions that calls of the AWS SDK's clients need. */
final class SdkCalls {
  private static final String SERVICES = "software.amazon.awssdk.services.";

  /** Methods that do not need a permission: creating and closing a client. */
  private static final Set<String> LOCAL = Set.of("builder", "create", "close");

  private static final Map<String, List<String>> ACTIONS =
      Map.ofEntries(
          entry("S3Client.getObject", List.of("s3:GetObject")),
          entry("S3Client.getObjectAsBytes", List.of("s3:GetObject")),
          entry("S3Client.headObject", List.of("s3:GetObject")),
          entry("S3Client.putObject", List.of("s3:PutObject")),
          entry("S3Presigner.presignPutObject", List.of("s3:PutObject")),
          entry("S3Presigner.presignGetObject", List.of("s3:GetObject")),
          entry("S3Client.copyObject", List.of("s3:GetObject", "s3:PutObject")),
          entry("S3Client.createMultipartUpload", List.of("s3:PutObject")),
          entry("S3Client.uploadPart", List.of("s3:PutObject")),
          entry("S3Client.uploadPartCopy", List.of("s3:GetObject", "s3:PutObject")),
          entry("S3Client.completeMultipartUpload", List.of("s3:PutObject")),
          entry("S3Client.abortMultipartUpload", List.of("s3:AbortMultipartUpload")),
          entry("S3Client.deleteObject", List.of("s3:DeleteObject")),
          // Only who deletes old versions lists them.
          entry(
              "S3Client.listObjectVersionsPaginator",
              List.of("s3:ListBucketVersions", "s3:DeleteObjectVersion")),
          entry("S3Client.listObjectsV2", List.of("s3:ListBucket")),
          entry("S3Client.listObjectsV2Paginator", List.of("s3:ListBucket")),
          entry("SqsClient.sendMessage", List.of("sqs:SendMessage")),
          entry("SqsClient.receiveMessage", List.of("sqs:ReceiveMessage")),
          entry("BedrockRuntimeClient.converse", List.of("bedrock:InvokeModel")),
          entry("SqsClient.deleteMessage", List.of("sqs:DeleteMessage")),
          entry("SqsClient.changeMessageVisibility", List.of("sqs:ChangeMessageVisibility")),
          entry("SfnClient.startExecution", List.of("states:StartExecution")),
          entry("SfnClient.stopExecution", List.of("states:StopExecution")),
          entry("SfnClient.sendTaskSuccess", List.of("states:SendTaskSuccess")),
          entry("SfnClient.sendTaskFailure", List.of("states:SendTaskFailure")),
          entry("SfnClient.sendTaskHeartbeat", List.of("states:SendTaskHeartbeat")),
          entry("SecretsManagerClient.putSecretValue", List.of("secretsmanager:PutSecretValue")),
          entry(
              "SecretsManagerClient.updateSecretVersionStage",
              List.of("secretsmanager:UpdateSecretVersionStage")),
          entry("SecretsManagerClient.createSecret", List.of("secretsmanager:CreateSecret")),
          entry("SecretsManagerClient.getSecretValue", List.of("secretsmanager:GetSecretValue")));

  private SdkCalls() {}

  /**
   * The actions for one call; empty for a class that is not a client.
   *
   * @throws IllegalStateException when the call is unknown
   */
  static List<String> permissions(String className, String method) {
    String name = className.substring(className.lastIndexOf('.') + 1);
    if (!className.startsWith(SERVICES)
        || !(name.endsWith("Client") || name.endsWith("S3Presigner"))
        || LOCAL.contains(method)) {
      return List.of();
    }
    List<String> actions = ACTIONS.get(name + "." + method);
    if (actions == null) {
      throw new IllegalStateException(
          "SdkCalls does not know which permissions " + className + "." + method + " needs");
    }
    return actions;
  }
}
