/** Where the secrets of the bot's accounts are kept: AWS Secrets Manager or one machine's file. */
package org.touchstone.mentions.credentials;
