/**
 * Deployment descriptors: the requirements of a function or a container for its deployment, derived
 * from its compiled code. Each module ships its descriptor as {@code
 * META-INF/touchstone/deployment.json}, and one of its tests compares that file with the code. The
 * deployment's tests compare the deployment with the file.
 */
package org.touchstone.testing.deployment;
