/** The service's description, made of the table of its operations: a document of our own in the service's form, with a SOAP 1.1 binding as it has. */
import type { ArgType, Table } from './operation.ts'
import { fieldsOf, type Kind } from './records.ts'
import { SERVICE } from './soap.ts'

const INT = ['Id', 'ProductId', 'VariantId', 'Stock', 'StockLow', 'StockLocationId', 'Amount', 'Site', 'InvoiceNumber', 'Sorting', 'DeliveryTimeId']
const DOUBLE = ['Price', 'Total', 'Vat', 'VatRate']
const ARRAYS: Record<string, string> = { Variants: 'ProductVariant', StockLocations: 'ProductStockLocation', OrderLines: 'OrderLine' }
const NESTED: Record<string, string> = { Customer: 'OrderCustomer', Currency: 'Currency' }
/** Types that aren't chosen by field. */
const OTHERS: Record<string, string[]> = {
  ProductStockLocation: ['StockLocationId', 'DeliveryTimeId', 'Stock'],
  OrderCustomer: ['Firstname', 'Lastname', 'Company', 'Address', 'Zip', 'City', 'Country', 'Cvr', 'Phone', 'Email', 'ShippingCountry'],
  Currency: ['Id', 'Iso'],
  OrderStatusCode: ['Id', 'Title', 'LanguageISO', 'Sorting'],
  ShopWebinfo: ['Title', 'Cvr', 'Url', 'SolutionId', 'ProductPricesWithVat', 'Date'],
  ProductUpdate: ['Id', 'ItemNumber', 'Title', 'Stock', 'Price'],
  ProductVariantUpdate: ['Id', 'ItemNumber', 'Stock', 'Price'],
}
const KINDS: Kind[] = ['Product', 'ProductVariant', 'Order', 'OrderLine', 'User']
const SIMPLE = ['int', 'string', 'boolean', 'double']

const ref = (type: string): string => (SIMPLE.includes(type) ? `xsd:${type}` : `tns:${type}`)
const typeOfArg = (type: ArgType): string => (type === 'ints' ? 'tns:ArrayOfInt' : ref(type))
const typeOfResult = (returns: string): string => (returns.endsWith('[]') ? `tns:ArrayOf${capital(returns.slice(0, -2))}` : ref(returns))
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function typeOfField(name: string): string {
  if (ARRAYS[name] !== undefined) return `tns:ArrayOf${ARRAYS[name]}`
  if (NESTED[name] !== undefined) return `tns:${NESTED[name]}`
  return INT.includes(name) ? 'xsd:int' : DOUBLE.includes(name) ? 'xsd:double' : 'xsd:string'
}
const complexType = (name: string, fields: string[]): string =>
  `<xsd:complexType name="${name}"><xsd:sequence>${fields.map((field) => `<xsd:element name="${field}" type="${typeOfField(field)}" minOccurs="0" nillable="true"/>`).join('')}</xsd:sequence></xsd:complexType>`
const arrayType = (name: string): string =>
  `<xsd:complexType name="ArrayOf${capital(name)}"><xsd:sequence><xsd:element name="item" type="${ref(name)}" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType>`

export function wsdlOf(table: Table, endpoint: string): string {
  const operations = Object.entries(table)
  const elements = operations.map(
    ([name, { args, returns }]) =>
      `<xsd:element name="${name}"><xsd:complexType><xsd:sequence>${args.map(([arg, type]) => `<xsd:element name="${arg}" type="${typeOfArg(type)}" nillable="true"/>`).join('')}</xsd:sequence></xsd:complexType></xsd:element>` +
      `<xsd:element name="${name}Response"><xsd:complexType><xsd:sequence><xsd:element name="${name}Result" type="${typeOfResult(returns)}"/></xsd:sequence></xsd:complexType></xsd:element>`,
  )
  const types = [
    ...KINDS.map((kind) => complexType(kind, fieldsOf(kind))),
    ...Object.entries(OTHERS).map(([name, fields]) => complexType(name, fields)),
    ...['int', ...KINDS, 'OrderStatusCode', 'ProductStockLocation'].map(arrayType),
  ]
  const messages = operations.map(
    ([name]) =>
      `<message name="${name}In"><part name="parameters" element="tns:${name}"/></message><message name="${name}Out"><part name="parameters" element="tns:${name}Response"/></message>`,
  )
  const ports = operations.map(([name]) => `<operation name="${name}"><input message="tns:${name}In"/><output message="tns:${name}Out"/></operation>`)
  const bindings = operations.map(
    ([name]) =>
      `<operation name="${name}"><soap:operation soapAction="${SERVICE}#${name}"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="${SERVICE}" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" name="WebService" targetNamespace="${SERVICE}">
<types><xsd:schema targetNamespace="${SERVICE}">${types.join('\n')}
${elements.join('\n')}</xsd:schema></types>
${messages.join('\n')}
<portType name="WebServicePort">${ports.join('\n')}</portType>
<binding name="WebServiceBinding" type="tns:WebServicePort"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${bindings.join('\n')}</binding>
<service name="WebServiceService"><port name="WebServicePort" binding="tns:WebServiceBinding"><soap:address location="${endpoint}"/></port></service>
</definitions>
`
}
